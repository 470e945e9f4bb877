"""One filing on its way: what its applicant does and what the court does, by the use cases."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random

from attrs import define, evolve

from core.law.dates import court_date
from core.values import Actor, Application
from core.work.assign import assign
from core.work.comment import send_comment
from core.work.files import put_file
from core.work.outside import resubmit, withdraw, write_message
from core.work.review import decide, open_review, save_review
from core.work.submit import submit
from demo.filings import Desk, Filing, Paper
from demo.staff import Cast, Outside
from demo.stage import Stage, office

MODULE = "filing"
_QUESTIONS = (
    ("请问材料是否齐全，大概多久可以有结果？", "您的材料已收到，将在法定期限内审查，请留意短信通知。"),
    ("补充说明：被告近期已变更联系电话，见证据目录第2项。", "已记录，请在开庭时携带证据原件。"),
    ("请问可以申请缓交诉讼费吗？", "可以在线提交缓交申请和困难证明。"),
    ("证据原件什么时候提交？", "开庭时提交核对即可，请妥善保管。"),
)
Form = Mapping[str, str]


@define
class Story:
    """One filing, who acts on it, and what it came to so far."""

    stage: Stage
    cast: Cast
    desk: Desk
    causes: Callable[[date], Mapping[str, str]]
    dice: Random
    number: str
    born: datetime
    _platform: Outside | None = None
    _filing: Filing | None = None
    _application: Application | None = None
    _acting: Actor | None = None

    @property
    def filing(self) -> Filing:
        """What was filed."""
        assert self._filing is not None
        return self._filing

    @property
    def application(self) -> Application:
        """The request as it stands."""
        assert self._application is not None
        return self._application

    @property
    def platform(self) -> Outside:
        """Through whom it comes: mostly the court's own platform."""
        if self._platform is None:
            self._platform = self.dice.choices(self.cast.platforms, (3, 1))[0]
        return self._platform

    @property
    def reviewer(self) -> Actor:
        """Who reviews it: the judge it was assigned to, or one of the centre."""
        if self._acting is None:
            stems = [stem for stem in ("reviewer", "reviewer2") if stem in self.cast.people]
            self._acting = self.cast.people[self.dice.choice(stems)]
        return self._acting

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.stage.clock.now

    @property
    def today(self) -> str:
        """The court's date."""
        return court_date(self.now).isoformat()

    def desk_hours(self, least: float, most: float) -> datetime:
        """Return a moment of office hours so many hours from now."""
        return office(self.dice, self.stage, least, most)

    def hours(self, least: float, most: float) -> datetime:
        """Return a moment so many hours from now, whenever that is."""
        return self.now + timedelta(hours=self.dice.uniform(least, most))

    def submit(self) -> None:
        """File it."""
        day = court_date(self.now)
        self._filing = self.desk.write(self.dice, self.causes(day), day)
        outside = self.platform
        for one in self._filing.papers:
            self._bring(one)
        self._application = submit(
            self.stage.house, outside.actor, outside.client, self._filing.body(f"demo-{self.number}")
        ).application

    def review(self, decision: str, opinion: str, form: Form) -> None:
        """Save an opinion and carry it out."""
        version = self.draft(self.reviewer, decision, opinion, form)
        self.stage.clock.move(self.now + timedelta(seconds=40))
        self._application = decide(
            self.stage.house, self.reviewer, MODULE, self.application.serial_no, decision, version
        )

    def draft(self, who: Actor, decision: str, opinion: str, form: Form) -> int:
        """Save an opinion of ``who``; return the version it is about."""
        house, serial = self.stage.house, self.application.serial_no
        version = open_review(house, who, MODULE, serial).application.version
        save_review(
            house, who, MODULE, serial, decision=decision, opinion=opinion, form=_typed(form), version=version
        )
        return version

    def act(self, decision: str, form: Form | None = None) -> None:
        """Carry out a decision that needs no opinion."""
        self._application = decide(
            self.stage.house, self.reviewer, MODULE, self.application.serial_no, decision, None, form=_typed(form or {})
        )  # fmt: skip

    def approval(self) -> Form:
        """Return the form of an approval with the fee the law gives."""
        return {
            "procedure": self.filing.procedure,
            "fee_category": str(self.filing.fields["fee_category"]),
            "prepaid_fee": f"{self.filing.fee:.2f}",
        }

    def approve(self) -> None:
        """Approve it."""
        self.review(
            "approve",
            "经审查，起诉符合《民事诉讼法》第一百二十二条规定的条件，材料齐全，同意立案。",
            self.approval(),
        )

    def send_back(self, days: int) -> None:
        """Return it for correction within ``days``."""
        self.review("return_for_correction", "材料尚不齐全，请按补正清单一次性补正后重新提交。", {
            "reasons": self.dice.choice(("incomplete", "unclear", "unsigned")), "correction_days": str(days),
            "corrections.0.item": "被告身份信息", "corrections.0.requirement": "请提供足以区别被告与他人的身份信息材料。",
            "corrections.1.item": "证据材料", "corrections.1.requirement": "证据二扫描不清晰，请重新扫描后上传。",
        })  # fmt: skip

    def correct(self) -> None:
        """Resubmit it with one paper more."""
        self._bring(self.desk.correction())
        body = self.filing.resubmission(f"demo-{self.number}-correction", [self.desk.correction()])
        self._application = resubmit(
            self.stage.house, self.platform.actor, self.platform.client, self.application.serial_no, body
        )

    def withdraw(self) -> None:
        """Take it back."""
        self._application = withdraw(
            self.stage.house, self.platform.actor, self.platform.client, self.application.serial_no, "双方已自行和解。"
        )  # fmt: skip

    def ask(self) -> str:
        """Write to the court as the applicant; return what the court might answer."""
        question, answer = self.dice.choice(_QUESTIONS)
        self._write(question)
        return answer

    def complain(self) -> None:
        """Complain that nothing happens."""
        self._write("已超过七日仍未收到立案审查结果，请尽快答复。", complaint=True)

    def answer(self, text: str) -> None:
        """Write to the applicant."""
        send_comment(self.stage.house, self.reviewer, MODULE, self.application.serial_no, text)

    def assign(self) -> None:
        """Give it to a judge, who acts from now on."""
        stems = [stem for stem in ("judge", "judge", "judge2") if stem in self.cast.people]
        judge, before = self.cast.people[self.dice.choice(stems)], self.application
        assert judge.person is not None
        assign(self.stage.house, self.reviewer, MODULE, before.serial_no, judge.person, before.version)
        self._application = evolve(before, handler=judge.person, version=before.version + 1)
        self._acting = judge

    def _bring(self, paper: Paper) -> None:
        """Upload a paper, once for each platform."""
        outside = self.platform
        mark = (outside.actor.court, outside.client, paper.sha256)
        if mark not in self.stage.uploaded:
            self.stage.uploaded.add(mark)
            put_file(self.stage.house, outside.actor, outside.client, paper.sha256, BytesIO(paper.content))

    def _write(self, text: str, *, complaint: bool = False) -> None:
        write_message(
            self.stage.house,
            self.platform.actor,
            self.platform.client,
            self.application.serial_no,
            text,
            complaint,
        )


def _typed(form: Form) -> dict[str, list[str]]:
    return {name: [value] for name, value in form.items()}
