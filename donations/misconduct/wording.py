"""Cases in words: for the reporter, for inspectors, and in lists."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from donations.misconduct.kinds import Kind, Post
from donations.misconduct.models import Case, CaseDraft, CaseEntry
from donations.misconduct.queries.things import about
from donations.misconduct.states import CaseState
from programs.wording import place_line
from regions.models import Region
from regions.notation import when

# The mark of a state: the kinds of the tag "status".
MARKS = {
    CaseState.RECEIVED: "open",
    CaseState.ACKNOWLEDGED: "held",
    CaseState.COORDINATED: "allocated",
    CaseState.RESOLVED: "verified",
    CaseState.REJECTED: "closed",
}
# What the reporter's timeline tells.
TOLD_REPORTER = frozenset(
    {
        "receive",
        "acknowledge",
        "coordinate",
        "resolve",
        "reject",
        "forward",
        "escalate",
        "reopen",
        "contest",
        "empty",
    }
)


def mark(case: Case) -> tuple[str, str]:
    """(kind, label) of the tag "status"."""
    if case.is_overdue:
        return "late", _("lewat batas waktu")
    return MARKS[CaseState(case.state)], str(case.state_label)


def place_of(region: Region) -> str:
    return ", ".join(filter(None, (region.full_name, place_line(region))))


def posts_in_words(posts: list[str]) -> str:
    return ", ".join(str(Post(post).label) for post in posts)


def answers_told(draft: CaseDraft) -> dict[str, Any]:
    """A draft's answers as its last page shows them."""
    answers = draft.answers
    region = Region.objects.select_related("parent__parent__parent").get(code=answers["region"])
    return {
        **answers,
        "kind": Kind(answers["kind"]).label,
        "place_name": place_of(region),
        "posts": posts_in_words(answers["posts"]),
        "about": about(answers["about"]) if answers.get("about") else None,
        "evidence": draft.evidence.count(),
    }


def next_step(case: Case) -> str:
    """What happens next and until when, for the reporter."""
    if case.due_on is None:
        return ""
    day = {"day": when(case.due_on, "day")}
    if case.state == CaseState.RECEIVED:
        return _("Pemeriksa membaca laporan Anda paling lambat %(day)s.") % day
    if case.state == CaseState.ACKNOWLEDGED:
        return _("Pemeriksa berkoordinasi dengan pihak terkait paling lambat %(day)s.") % day
    return _("Keputusan paling lambat %(day)s.") % day


def reporters_timeline(case: Case) -> list[dict[str, Any]]:
    """What happened, for the reporter: offices, never persons."""
    moves = [move for move in case.moves.order_by("-at", "-pk") if move.verb in TOLD_REPORTER]
    return [{"label": move.done, "moment": move.at} for move in moves]


def office_timeline(case: Case) -> list[dict[str, Any]]:
    """The journal, for inspectors: who as what."""
    moves = case.moves.select_related("actor", "organisation", "region", "site").order_by("-at", "-pk")
    return [
        {
            "label": move.done,
            "who": " · ".join(filter(None, (move.acted_as, move.actor.name if move.actor else ""))),
            "moment": move.at,
        }
        for move in moves
    ]


def said(entry: CaseEntry) -> dict[str, Any]:
    """One message."""
    labels = {
        CaseEntry.Kind.REPORTER: _("Pelapor"), CaseEntry.Kind.OFFICE: _("Pemeriksa"),
        CaseEntry.Kind.NOTE: _("Catatan internal"),
    }  # fmt: skip
    return {"who": labels[CaseEntry.Kind(entry.kind)], "kind": entry.kind, "text": entry.body, "moment": entry.at,
            "author": entry.author.name if entry.author else ""}  # fmt: skip


def facts_of(case: Case, told: dict[str, Any]) -> list[dict[str, Any]]:
    """What the report says, as facts, for inspectors."""
    rows = [
        {"label": _("Jenis"), "value": case.get_kind_display()},
        {"label": _("Tempat"), "value": place_of(case.region), "sub": told.get("place", "")},
        {
            "label": _("Kapan"),
            "value": when(case.happened_on, "day") if case.happened_on else _("tidak disebut"),
        },
    ]
    if "posts" in told:
        rows.append({"label": _("Tentang siapa"), "value": posts_in_words(told["posts"]), "sub": told["who"]})
    if told.get("organisation"):
        rows.append({"label": _("Organisasi"), "value": told["organisation"]})
    thing = case.handover or case.delivery or case.need
    if thing is not None:
        rows.append({"label": _("Mengenai"), "value": str(thing), "href": thing.get_absolute_url()})
    reporter = case.reporter
    rows.append({
        "label": _("Pelapor"),
        "value": _("platform, dari konfirmasi; tidak ada yang membaca balasan") if told.get("by_platform")
        else (reporter.name or reporter.email or "–") if reporter else _("tanpa nama; balas lewat halaman ini"),
    })  # fmt: skip
    received = when(timezone.localtime(case.received_at))
    rows.append({"label": _("Diterima"), "value": received, "sub": case.office.full_name})
    return rows
