"""What stands against a step: dates that cannot be, powers that were not checked, numbers of the wrong instance."""

from datetime import date
from typing import Any

import attrs

from core import Application, Label, Problem

from .limits import JUDGMENT
from .rules import is_second_instance


def not_in_future(_application: Application, values: Any, context: Any) -> Problem | None:
    """What is registered has happened."""
    for name, held in attrs.asdict(values, recurse=False).items():
        if isinstance(held, date) and held > context.today:
            return Problem(name, "in_future", Label("不能晚于今天。", "It cannot lie after today."))
    return None


def receivable(application: Application, values: Any, context: Any) -> Problem | None:
    """The service date can be, an agent's power was checked, and the fee fits what is appealed."""
    fields = application.fields
    if values.served_checked_on > context.today or values.served_checked_on < fields.document_date:
        return Problem("served_checked_on", "impossible", Label("应在裁判日期和今天之间。", "It lies between the date of the decision and today."))  # fmt: skip
    if application.submitter.role != "party" and not values.power_checked:
        return Problem("power_checked", "no_power", Label(
            "代理人提交的，请核对上诉特别授权；没有的请退回（民事诉讼法第62条）。",
            "An agent submitted it: check the special authorisation to appeal, and return it where there is none (art. 62).",
        ))  # fmt: skip
    if fields.document != JUDGMENT and values.fee_state in ("due", "paid"):
        return Problem("fee_state", "free", Label("对裁定提起上诉的不交纳案件受理费（诉讼费用交纳办法第8条）。", "An appeal against a ruling costs nothing (Litigation Fee Measures, art. 8)."))  # fmt: skip
    if values.fee_state == "due" and not values.fee_due:
        return Problem("fee_due", "nothing", Label("请填写应交金额，不需交纳的请选“不需交纳”。", "Enter the amount, or choose “None due”."))  # fmt: skip
    return None


def transferable(application: Application, values: Any, context: Any) -> Problem | None:
    """A file has at least one volume."""
    if not (values.main_volumes + values.electronic_volumes):
        return Problem("main_volumes", "no_volume", Label("至少应有一册正卷或电子卷宗。", "There is at least one main or electronic volume."))  # fmt: skip
    return not_in_future(application, values, context)


def second_instance(application: Application, values: Any, context: Any) -> Problem | None:
    """The number is one of second instance, of another court's docket."""
    if not is_second_instance(values.second_case_number):
        return Problem("second_case_number", "not_second_instance", Label("这不是二审案号，应为民终、民辖终等。", "It is no number of second instance (民终, 民辖终 …)."))  # fmt: skip
    return not_in_future(application, values, context)
