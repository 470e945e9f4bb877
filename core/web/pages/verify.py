"""``/verify/<code>``: the one page of a paper that strangers see."""

from attrs import evolve, frozen

from core.web.answer import Answer
from core.web.language import LANGUAGES
from core.web.visit import Visit
from core.work.verify import verify


@frozen(eq=False)
class VerifyPage:
    """What whoever holds the paper may check."""

    def get(self, visit: Visit) -> Answer:
        """Say whether the paper holds; an unknown code is told in the same plain words. No engine lists it."""
        if (chosen := visit.asked("lang")) in LANGUAGES:
            visit = evolve(visit, language=chosen)
        found = verify(visit.house, visit.values["code"])
        # The frame with its menu is for those who work here; a stranger's page knows nobody.
        answer = evolve(visit, arrival=None).render("verify.html", 200 if found else 404, found=found)
        return evolve(answer, headers={"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"})
