"""What a party is called in a case (诉讼地位), by the code under which the house keeps it."""

from __future__ import annotations

STANDINGS: dict[str, tuple[str, str]] = {
    "plaintiff": ("原告", "Plaintiff"),
    "defendant": ("被告", "Defendant"),
    "third_party": ("第三人", "Third party"),
    "appellant": ("上诉人", "Appellant"),
    "appellee": ("被上诉人", "Appellee"),
    "applicant": ("申请人", "Applicant"),
    "respondent": ("被申请人", "Respondent"),
    "enforcement_applicant": ("申请执行人", "Applicant for enforcement"),
    "enforcement_respondent": ("被执行人", "Person subject to enforcement"),
}


def standing_words(code: str) -> tuple[str, str]:
    """Return what ``code`` is called in both languages; what no code is stands as it was given."""
    return STANDINGS.get(code, (code, code))
