"""A page without language, title, heading and main part, with an input that has no label."""

from core import (
    Access,
    Decision,
    Label,
    Module,
    Page,
    RequestType,
    Role,
    Sight,
    State,
    hookimpl,
    request_fields,
    text,
)


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


request = RequestType(
    kind="unlabelled",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XM",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("unlabelled", ("坏例", "Bad one"), version="1.0", requests=[request])


def show(visit):
    return visit.render("unlabelled/form.html", wish="")


@hookimpl
def pages():
    return [Page("form", Label("表单", "Form"), show)]
