"""Two reviewers at one item: one wins, the other is told so and keeps what was written."""

import http.client
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.held.running import Serving
from tests.support.houses import PASSWORD


def send(serving: Serving, path: str, cookie: str, form: dict[str, str]) -> tuple[int, str]:
    """Send a form as a browser with scripts off would; return the status and the page."""
    _, page = sent(serving, "GET", "/m/filing/", cookie)
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert token is not None
    return sent(serving, "POST", path, cookie, form | {"csrf": token[1]})


def sent(
    serving: Serving, method: str, path: str, cookie: str, form: dict[str, str] | None = None
) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=30)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request(method, path, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("brand", ["sqlite", "postgresql"])
def test_of_two_who_review_at_once_one_is_kept_and_the_other_keeps_the_text(
    opened: Callable[[str], Serving], brand: str
) -> None:
    serving = opened(brand)
    serving.start()
    serving.learn()
    address = f"/m/filing/{serving.file('reviewed').body['serial_no']}/review"
    people = ("reviewer", "reviewer2")
    cookies = {name: serving.log_in(name, PASSWORD) for name in people}

    def save(name: str) -> tuple[int, str]:
        form = {
            "decision": "return_for_correction", "opinion": f"{name}的意见全文", "version": "1", "reasons": "incomplete",
            "correction_days": "7", "corrections.0.item": "起诉状", "corrections.0.requirement": "补签名",
        }  # fmt: skip
        return send(serving, address, cookies[name], form)

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(people, pool.map(save, people), strict=True))
    lost = [name for name, (status, _) in answers.items() if status == 409]
    assert len(lost) == 1, {name: status for name, (status, _) in answers.items()}
    _, page = answers[lost[0]]
    assert f"{lost[0]}的意见全文" in page
    winner = next(name for name in people if name not in lost)
    assert f"{winner}正在审查此件" in page
