"""Cases, what was told in them, what shows it, who opened them, and reports that are being written."""

from donations.misconduct.models.cases import Case, CaseMove, CaseParty, CaseQuerySet
from donations.misconduct.models.drafts import CaseDraft
from donations.misconduct.models.entries import CaseEntry, CaseView, Evidence

__all__ = ["Case", "CaseDraft", "CaseEntry", "CaseMove", "CaseParty", "CaseQuerySet", "CaseView", "Evidence"]
