"""What moderators do, the same for a proposal and for a comment, and what people hold against it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow, Refused
from accounts.models import User
from programs.proposals.models import AbuseReport, Comment, Proposal
from programs.proposals.rules import Rule
from programs.proposals.states import CommentState

Moderable = Proposal | Comment


def publish(*, proposal: Proposal, by: User | None) -> Proposal:
    """Let everybody read it."""
    with perform(proposal, "publish", by=by) as act:
        act.subject.published_at = act.subject.published_at or clock.now()
    return act.subject


def hide(*, thing: Moderable, by: User | None, rule: str, reason: str) -> Moderable:
    """Take something off the pages; its place says which rule it broke, and why."""
    if rule not in Rule.values:
        raise Refused(_("Pilih aturan yang dilanggar."), field="rule")
    with perform(thing, "hide", by=by, reason=reason, rule=rule) as act:
        subject = act.subject
        subject.rule, subject.rule_note = rule, act.reason[:500]
        subject.appeal, subject.appealed_at = "", None
        _settle(subject)
    return act.subject


def appeal(*, thing: Moderable, by: User, text: str) -> Moderable:
    """Say why it should not have been hidden; somebody other than who hid it decides."""
    if not text.strip():
        raise Refused(_("Tuliskan keberatan Anda."), field="text")
    with perform(thing, "appeal", by=by) as act:
        if act.subject.appealed_at:
            raise Refused(_("Keberatan Anda sudah tercatat dan sedang diperiksa."))
        last = act.subject.moves.filter(verb__in=("uphold", "edit")).order_by("-pk").first()
        if last and last.verb == "uphold":
            raise Refused(_("Keberatan ini sudah diputus."))
        act.subject.appeal, act.subject.appealed_at = text.strip()[:1000], clock.now()
    return act.subject


def restore(*, thing: Moderable, by: User | None, reason: str) -> Moderable:
    """Show it again."""
    with perform(thing, "restore", by=by, reason=reason) as act:
        subject = act.subject
        _by_somebody_else(subject, by)
        subject.rule = subject.rule_note = subject.appeal = ""
        subject.appealed_at = None
        if isinstance(subject, Proposal):
            subject.published_at = subject.published_at or clock.now()
    return act.subject


def uphold(*, thing: Moderable, by: User | None, reason: str) -> Moderable:
    """Decide against an appeal."""
    with perform(thing, "uphold", by=by, reason=reason) as act:
        if act.subject.appealed_at is None:
            raise NotNow("uphold", act.subject.state, _("Belum ada keberatan yang harus diputus."))
        _by_somebody_else(act.subject, by)
        act.subject.appealed_at = None
    return act.subject


def keep(*, thing: Moderable, by: User | None, reason: str) -> Moderable:
    """Answer reports of abuse: it breaks no rule and stays."""
    with perform(thing, "keep", by=by, reason=reason) as act:
        if not _settle(act.subject):
            raise NotNow("keep", act.subject.state, _("Tidak ada laporan yang menunggu."))
    return act.subject


def close(*, proposal: Proposal, by: User | None, reason: str) -> Proposal:
    """Take no more support and comments; everything stays readable."""
    with perform(proposal, "close", by=by, reason=reason) as act:
        pass
    return act.subject


def reopen(*, proposal: Proposal, by: User | None) -> Proposal:
    with perform(proposal, "reopen", by=by) as act:
        pass
    return act.subject


@transaction.atomic
def report_abuse(*, thing: Moderable, by: User, rule: str, note: str = "") -> bool:
    """Tell the moderators that something breaks a rule; False if this person already has."""
    if rule not in Rule.values:
        raise Refused(_("Pilih aturan yang dilanggar."), field="rule")
    proposal = thing.proposal if isinstance(thing, Comment) else thing
    comment = thing if isinstance(thing, Comment) else None
    if not proposal.is_public or (comment is not None and comment.state != CommentState.PUBLISHED):
        raise NotNow("report", thing.state)
    _row, made = AbuseReport.objects.get_or_create(
        proposal=proposal, comment=comment, user=by, defaults={"rule": rule, "note": note[:500], "at": clock.now()}
    )  # fmt: skip
    return made


def _settle(subject: Moderable) -> int:
    """Mark the open reports of a thing as dealt with; how many."""
    reports = AbuseReport.objects.filter(settled_at=None)
    if isinstance(subject, Comment):
        reports = reports.filter(comment=subject)
    else:
        reports = reports.filter(proposal=subject, comment=None)
    return reports.update(settled_at=clock.now())


def _by_somebody_else(subject: Moderable, by: User | None) -> None:
    """An appeal is decided by another moderator than the one who hid the thing."""
    hidden = subject.moves.filter(verb="hide").order_by("-pk").first()
    if by is not None and subject.appealed_at and hidden and hidden.actor_id == by.pk:
        raise Refused(
            _("Keberatan diputus oleh moderator lain, bukan oleh yang menyembunyikan."), code="own_decision"
        )
