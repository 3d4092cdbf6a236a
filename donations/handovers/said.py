"""What everybody may read of what a report says besides its counts: categories and numbers, no words and no names."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donations.handovers.models import HandoverRecord, Shortfall, Signing
from programs.models import PeopleKind
from regions.notation import number


@dataclass(frozen=True, slots=True)
class PublicSession:
    held_on: date
    begins: str
    ends: str
    attended: int
    women: int | None
    men: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """`reasons`: delivery line's primary key → category."""

    reasons: dict[int, str]
    sessions: tuple[PublicSession, ...]
    recipients: str
    signing: str

    @property
    def attended(self) -> int:
        return sum(one.attended for one in self.sessions)


def said(record: HandoverRecord | None) -> Said:
    """Of a sealed version; one from before reports said more says nothing."""
    facts: dict[str, Any] = record.content["facts"] if record else {}
    return Said(
        {line: str(Shortfall(why).label) for line, why, *_words in facts.get("reasons", ()) if why},
        tuple(
            PublicSession(
                date.fromisoformat(day),
                begins.replace(":", "."),
                ends.replace(":", "."),
                attended,
                women,
                men,
            )
            for _line, day, begins, ends, _place, attended, women, men, *_rest in facts.get("sessions", ())
        ),
        ", ".join(f"{number(count)} {PeopleKind(kind).label}" for kind, count in facts.get("recipients", ())),
        _signing(facts),
    )


def _signing(facts: dict[str, Any]) -> str:
    if facts.get("signing") == Signing.DRAWN:
        count = len(facts["signatures"])
        return ngettext(
            "Di layar, oleh %(n)s orang; yang lain pada dokumen cetaknya.",
            "Di layar, oleh %(n)s orang; yang lain pada dokumen cetaknya.",
            count,
        ) % {"n": number(count)}
    if facts.get("signing") == Signing.SHEET:
        return _("Di kertas; foto lembarnya disimpan dengan dokumen asli.")
    return _("Pada dokumen yang dicetak.")
