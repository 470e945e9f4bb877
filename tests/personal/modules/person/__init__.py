"""人员登记: a request with every way to hold a number: fields, groups, what a decision fills in."""

import core
from core import (  # fmt: skip
    Access,
    Decision,
    Module,
    RequestType,
    Role,
    Sight,
    State,
    group,
    mobile,
    request_fields,
    resident_id,
    telephone,
    text,
    yes_no,
)


@request_fields
class Relative:
    name: str = text("姓名", "Name")
    phone: str = mobile()
    id_no: str | None = text("证件号码", "Document", max_length=40, personal=True)


@request_fields
class Person:
    name: str = text("姓名", "Name", column=True)
    secretly: bool = yes_no("匿名", "Anonymous")
    resident_id: str | None = resident_id(column=True, search=True)
    passport: str | None = text("护照", "Passport", personal=True, column=True, search=True)
    phone: str | None = telephone(column=True)
    mail: str | None = text("邮箱", "E-mail", personal=True)
    relatives: tuple[Relative, ...] = group(Relative, "近亲属", "Relatives")


@request_fields
class Called:
    called: str | None = telephone("已拨打", "Number called")


ALL = {
    Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True),
    Role.HANDLING_JUDGE: Access(Sight.OWN, review=True, comment=True),
}

person = RequestType(
    kind="person", title=("人员登记", "Person"), fields=Person, access=ALL, anonymous=core.field("secretly") == True,  # noqa: E712
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("call", "致电", "Call", "NEW", "DONE", fields=Called, opinion=True)],
)  # fmt: skip

module = Module("person", ("人员登记", "Person"), version="1.0", requests=[person])
