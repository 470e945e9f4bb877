"""The demo's cases: docketed before the demo's past began, heard and decided as it goes on, told by the trial system."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from attrs import define, frozen

from core.law.dates import SHANGHAI, court_date
from core.work.case_import import import_cases
from demo.parties import Party, company, lawyer, person
from demo.staff import Cast, operator
from demo.stage import Past, Stage, at_hour

FIRST_NUMBER = 3001
"""Where the numbers of these cases begin; the register counts up from 1."""
EVERY_POWER = ("admit", "waive", "alter", "settle", "counterclaim", "appeal")


@frozen
class Sketch:
    """What a case of the demo is for, and how it stands on the day the demo is made."""

    tag: str
    cause: str
    plaintiff: str = "legal"
    defendant: str = "natural"
    procedure: str = "ordinary"
    amount: int = 86_000
    hearing: tuple[int, int] | None = None
    """In how many days (before, where less than none) it is heard, at which hour."""
    judged: int | None = None
    """How many days ago the judgment was served on both sides."""
    abroad: bool = False
    second: bool = False
    """Whether the second judge has it."""
    power: bool = True
    """Whether the defendant's agent may appeal."""


SKETCHES = (
    Sketch("judged", "买卖合同纠纷", amount=356_000, hearing=(-40, 9), judged=3),
    Sketch(
        "judged", "民间借贷纠纷", "natural", amount=120_000, procedure="summary", hearing=(-38, 10), judged=6
    ),
    Sketch(
        "judged",
        "房屋租赁合同纠纷",
        amount=64_000,
        procedure="summary",
        hearing=(-45, 15),
        judged=9,
        power=False,
    ),
    Sketch(
        "judged", "建设工程施工合同纠纷", defendant="legal", amount=1_860_000, hearing=(-48, 9), judged=13
    ),
    Sketch(
        "judged", "劳动合同纠纷", "natural", "legal", amount=48_500, hearing=(-50, 14), judged=19, abroad=True
    ),
    Sketch("judged", "机动车交通事故责任纠纷", "natural", amount=215_000, hearing=(-52, 10), judged=24),
    Sketch("judged", "物业服务合同纠纷", amount=9_800, procedure="summary", hearing=(-54, 9), judged=36),
    Sketch("tried", "买卖合同纠纷", amount=468_000, hearing=(4, 9)),
    Sketch("tried", "民间借贷纠纷", "natural", amount=75_000, procedure="summary", hearing=(6, 10)),
    Sketch("tried", "承揽合同纠纷", defendant="legal", amount=152_000, hearing=(6, 10)),
    Sketch("tried", "离婚纠纷", "natural", amount=0, hearing=(9, 15)),
    Sketch("tried", "房屋买卖合同纠纷", "natural", amount=930_000, hearing=(13, 9)),
    Sketch("tried", "合伙合同纠纷", "natural", amount=310_000, hearing=(18, 14), second=True),
    Sketch("secured", "股权转让纠纷", defendant="legal", amount=2_400_000, hearing=(22, 9)),
    Sketch("secured", "民间借贷纠纷", "natural", amount=660_000, procedure="summary", hearing=(16, 9)),
    Sketch("secured", "建设工程施工合同纠纷", defendant="legal", amount=3_150_000, hearing=(27, 10)),
    Sketch("searched", "买卖合同纠纷", defendant="legal", amount=540_000, hearing=(20, 15)),
    Sketch("searched", "民间借贷纠纷", "natural", amount=188_000, hearing=(24, 9)),
    Sketch("searched", "离婚后财产纠纷", "natural", amount=420_000, hearing=(30, 9)),
)


@define
class DemoCase:
    """One case, with its parties and their agents."""

    sketch: Sketch
    number: str
    docketed_on: date
    judge: str
    plaintiff: Party
    defendant: Party
    agent: Mapping[str, Any]
    """Of the plaintiff."""
    defence: Mapping[str, Any]
    """The defendant's agent."""
    heard_at: datetime | None
    served_on: date | None

    @property
    def title(self) -> str:
        """What the case is called."""
        return f"{self.plaintiff.name}与{self.defendant.name}{self.sketch.cause}"

    @property
    def courtroom(self) -> str:
        """Where it is heard."""
        return f"第{'一二三四五六'[int(self.number.rstrip('号')[-1]) % 6]}法庭"

    def told(self) -> dict[str, Any]:
        """Return the case as the trial system tells of it before it is heard."""
        sides = (("plaintiff", self.plaintiff, False), ("defendant", self.defendant, self.sketch.abroad))
        return {
            "case_number": self.number, "docketed_on": self.docketed_on.isoformat(), "cause": self.sketch.cause,
            "title": self.title[:200], "procedure": self.sketch.procedure, "handler": self.judge,
            "parties": [
                {"standing": standing, "name": one.name, "phone": one.phone, "domicile_abroad": abroad, "residence": one.address}
                for standing, one, abroad in sides
            ],
            "agents": [_told(self.agent), _told(self.defence)],
            "services": [self._service("起诉状副本", self.docketed_on + timedelta(days=4), self.defendant)],
            "hearings": self._hearings("scheduled"),
        }  # fmt: skip

    def heard(self) -> dict[str, Any]:
        """Return what changes when it was heard."""
        return self._known() | {"hearings": self._hearings("held")}

    def decided(self) -> dict[str, Any]:
        """Return what changes when the judgment was served."""
        assert self.served_on is not None
        sides = (self.plaintiff, self.defendant)
        return self._known() | {"services": [
            self._service("起诉状副本", self.docketed_on + timedelta(days=4), self.defendant),
            *(self._service("民事判决书", self.served_on, one) for one in sides),
        ]}  # fmt: skip

    def _known(self) -> dict[str, Any]:
        return {"case_number": self.number, "docketed_on": self.docketed_on.isoformat()}

    def _service(self, document: str, day: date, party: Party) -> dict[str, Any]:
        return {"document": document, "party": party.name, "served_on": day.isoformat(), "method": "电子送达"}

    def _hearings(self, state: str) -> list[dict[str, Any]]:
        if self.heard_at is None:
            return []
        starts = self.heard_at.astimezone(SHANGHAI)
        return [{
            "starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat(), "courtroom": self.courtroom,
            "judge": self.judge, "state": state,
        }]  # fmt: skip


def _told(agent: Mapping[str, Any]) -> dict[str, Any]:
    names = ("name", "phone", "licence_no", "firm", "authority", "special_powers")
    return {"party": agent["party_name"]} | {name: agent[name] for name in names if agent.get(name)}


def open_docket(stage: Stage, cast: Cast) -> list[DemoCase]:
    """Have the trial system tell of the court's cases, and let them be heard and decided in their time."""
    # The dice are seeded, so that the demo is the same every time, seen from the day it is made.
    dice = Random(f"benchside docket {cast.court.code}")  # noqa: S311 - makes up cases, keeps no secret
    sketches = SKETCHES if cast.court.second else SKETCHES[1::4]
    cases = [_case(dice, stage, cast, place, one) for place, one in enumerate(sketches)]
    import_cases(stage.house, operator(cast.court.code), {"cases": [one.told() for one in cases]})
    for one in cases:
        stage.tell(_life(stage, cast, one))
    return cases


def _case(dice: Random, stage: Stage, cast: Cast, place: int, sketch: Sketch) -> DemoCase:
    today = court_date(stage.end)
    docketed = _working(stage, court_date(stage.clock.now) - timedelta(days=20 + place))
    plaintiff, defendant = (
        company(dice) if kind == "legal" else person(dice) for kind in (sketch.plaintiff, sketch.defendant)
    )
    agent, defence = lawyer(dice, plaintiff.name), lawyer(dice, defendant.name)
    whole = {"authority": "special", "special_powers": list(EVERY_POWER)}
    part = {"authority": "general", "special_powers": []}
    heard = None
    if sketch.hearing is not None:
        days, hour = sketch.hearing
        heard = at_hour(_working(stage, today + timedelta(days=days)), hour, 0)
    served = None if sketch.judged is None else today - timedelta(days=sketch.judged)
    stem = "judge2" if sketch.second and cast.court.second else "judge"
    return DemoCase(
        sketch=sketch,
        number=f"（{docketed.year}）{cast.court.code}民初{FIRST_NUMBER + place}号",
        docketed_on=docketed,
        judge=f"{stem}_{cast.court.digits}",
        plaintiff=plaintiff,
        defendant=defendant,
        agent=dict(agent) | whole,
        defence=dict(defence) | (whole if sketch.power else part),
        heard_at=heard,
        served_on=served,
    )


def _working(stage: Stage, day: date) -> date:
    while stage.rests(day):
        day += timedelta(days=1)
    return day


def _life(stage: Stage, cast: Cast, case: DemoCase) -> Past:
    actor = operator(cast.court.code)
    if case.heard_at is not None and case.heard_at < stage.end:
        yield case.heard_at + timedelta(hours=3)
        import_cases(stage.house, actor, {"cases": [case.heard()]})
    if case.served_on is not None:
        yield at_hour(case.served_on, 16, 30)
        import_cases(stage.house, actor, {"cases": [case.decided()]})
