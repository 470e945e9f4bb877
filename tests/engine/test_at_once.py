"""What people of one court do at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from core.records import ApplicationRow, Comment, Delivery
from core.work.comment import send_comment
from tests.support.acting import count, file_one


def test_messages_sent_at_the_same_moment_all_leave(new_house):
    """Two people of the court write at once: both messages are kept, and a notice leaves for each."""
    house = new_house("mediation", "sms")
    serial = file_one(house, "mediation", fields={"wish": "调解", "channel": "video"}).serial_no
    house.house.store.write(
        lambda connection: connection.execute(
            sa.update(ApplicationRow).values(handler_id=house.people["judge"])
        )
    )
    with ThreadPoolExecutor(6) as pool:
        sent = [
            pool.submit(send_comment, house.house, house.actor("judge"), "mediation", serial, f"留言{number}")
            for number in range(12)
        ]
        assert [one.result() for one in sent] == [None] * 12
    assert count(house, Comment) == 12
    assert count(house, Delivery) == 13
