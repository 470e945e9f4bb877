"""What goes wrong, said plainly: what happened, and what to do now."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from attrs import frozen

from core.fields.label import Label
from core.fields.problem import Reason, Refused
from core.web.answer import Answer
from core.web.visit import Visit

STATUSES: Mapping[Reason, int] = {
    Reason.INVALID: 422, Reason.NOT_FOUND: 404, Reason.FORBIDDEN: 403, Reason.CONFLICT: 409,
    Reason.UNAVAILABLE: 503, Reason.TOO_LARGE: 413, Reason.WRONG_TYPE: 415,
}  # fmt: skip


@frozen
class Trouble:
    """A kind of failure in the words of both languages."""

    title: Label
    text: Label


TROUBLES: Mapping[int, Trouble] = {
    400: Trouble(Label("请求无法识别", "The request cannot be read"), Label("浏览器发来的内容不完整或格式不对，请返回上一页重试。", "What the browser sent is incomplete or malformed. Go back and try again.")),
    401: Trouble(Label("登录已失效", "You are no longer logged in"), Label("您较长时间没有操作，或已在别处登录。填写的内容还在本页：请在新窗口登录，再回到这里提交。", "You were away for a while, or logged in elsewhere. What you typed is still on this page: log in in a new window, then send it here.")),
    403: Trouble(Label("没有权限", "Not permitted"), Label("您的角色不能进行此操作；如需权限，请联系本院安全管理员。", "Your role may not do this; the court's security administrator can give you the right.")),
    404: Trouble(Label("没有找到", "Not found"), Label("没有这个页面或内容：地址可能有误，模块可能未启用，或不在您的权限内。", "There is no such page: the address may be wrong, the module may be off, or it is not yours to see.")),
    405: Trouble(Label("不支持此操作方式", "Not possible this way"), Label("请通过页面上的按钮操作。", "Please use the buttons of the page.")),
    408: Trouble(Label("请求超时", "Too slow"), Label("内容没有在限定时间内传完，请检查网络后重试。", "What was sent did not arrive in time. Check the network and try again.")),
    409: Trouble(Label("内容已被更新", "Changed meanwhile"), Label("他人已先行处理，请刷新后核对最新情况再操作。", "Somebody was faster. Reload, check how things stand, and try again.")),
    411: Trouble(Label("缺少内容长度", "No length given"), Label("请求没有说明内容长度，请换用常见浏览器重试。", "The request does not say its length. Try again with a common browser.")),
    413: Trouble(Label("内容过大", "Too large"), Label("提交的内容超过限制，请精简文字或拆分后再提交。", "What was sent is over the limit. Shorten or split it.")),
    415: Trouble(Label("格式不支持", "Format not supported"), Label("此处只接受网页表单。", "Only web forms are taken here.")),
    422: Trouble(Label("内容有误", "Something is wrong with it"), Label("请按提示更正后重新提交。", "Please correct what is named and send it again.")),
    500: Trouble(Label("系统出错", "Something failed"), Label("操作没有完成，已记录供技术人员查看。请稍后重试；若仍出错，请将下面的编号告知管理员。", "It was not done, and was recorded. Try again later; if it fails again, give the number below to the administrator.")),
    503: Trouble(Label("暂时不可用", "Not available just now"), Label("请稍后重试。", "Please try again later.")),
    507: Trouble(Label("存储空间已满", "No room left"), Label("请稍后重试。", "Please try again later.")),
}  # fmt: skip
EXPIRED_FORM = Label("本页已过期（例如您重新登录过），内容没有提交。已为您更新，请再点一次。", "This page was out of date (you may have logged in again) and nothing was sent. It is refreshed now: please press again.")  # fmt: skip
OTHER_SITE = Label(
    "此操作不是从本系统页面发出的，已拒绝。", "This did not come from a page of this system and was refused."
)


def trouble(
    visit: Visit, status: int, said: Label | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """Return the page that tells of a failure; for a part of a page, a line above what the person typed."""
    known = TROUBLES.get(status) or Trouble(Label(_phrase(status), _phrase(status)), TROUBLES[400].text)
    text = said or known.text
    more = dict(headers or {})
    if visit.partial:
        # Into the line made for it: what was typed stays where it is.
        answer = visit.render("parts/trouble.html", status, title=known.title, text=text, status_code=status)
        place = "#dialog [data-alert]" if visit.method == "POST" else "main [data-alert]"
        more |= {"HX-Retarget": place, "HX-Reswap": "innerHTML"}
    else:
        answer = visit.render("error.html", status, title=known.title, text=text, status_code=status)
    return Answer(answer.body, status, headers=more)


def refusal(visit: Visit, refused: Refused) -> Answer:
    """Return the page for something the house declined."""
    return trouble(visit, STATUSES[refused.reason], refused.message)


def plain_page(status: str, detail: str = "", **_: str) -> str:
    """Return the page for what fails before our gate is asked: ``status`` as HTTP has it, and what it is about."""
    code = int(status[:3])
    told = TROUBLES.get(code, TROUBLES[400])
    lines = "".join(
        f"<h1>{escape(title)}</h1><p>{escape(text)}</p>"
        for title, text in ((told.title.zh, told.text.zh), (told.title.en, told.text.en))
    )
    if detail:
        lines += f"<p>{escape(detail)}</p>"
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{code}</title>{lines}</html>'


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return str(status)
