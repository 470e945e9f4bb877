"""Cases for tests: those of ``core.testing``."""

from core.testing.cases import AGENTS, NUMBER, PARTIES, bring, case, hearing

__all__ = ["AGENTS", "NUMBER", "PARTIES", "bring", "case", "hearing"]
