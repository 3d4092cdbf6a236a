"""Reports that were written on a phone without signal: which report a post belongs to, and what the phone says with it.

A phone gives its report a key of its own before there is anything on the server, so that whatever is sent again finds
what the first sending made.
"""

import math
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow
from accounts.models import User
from accounts.once import hold
from accounts.photos import Photo
from donations.deliveries.models import Delivery
from donations.handovers.actions import check_independent, save, start
from donations.handovers.models import Handover, HandoverMove
from donations.handovers.states import HANDOVER, HandoverState
from regions.notation import duration, when

# A clock that is off by less is nobody's trouble.
TOLERATED_SECONDS = 600
# What fits the column: 68 years.
MOST_SECONDS = 2**31 - 1
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Overtaken(NotNow):
    """Somebody else reports, or reported, the same delivery: whoever wrote without signal has to decide."""

    def __init__(self, state: str, message: str, code: str) -> None:
        super().__init__("start", state, message)
        self.code = code


@transaction.atomic
def begin(
    *, delivery: Delivery, by: User, key: uuid.UUID | None = None, seen: int = 0, anyway: bool = False
) -> Handover:
    """The report that a phone knows by `key`: what it sent before, else the delivery's draft, else a new one.

    `seen`: the newest report that the phone knew to be handed in (`newest_submit`). Raises `Overtaken` when one came
    since, or when somebody else began a draft, unless the writer read that and wants it `anyway`; `Refused` when
    nothing is to be reported any more. Nothing is changed then.
    """
    hold(delivery)
    if key is not None:
        kept = delivery.handovers.filter(key=key).first()
        if kept is not None:
            return kept
        _check_not_overtaken(delivery, by, seen, anyway)
    handover = start(delivery=delivery, by=by)
    return save(handover=handover, by=by, key=key) if key is not None else handover


@transaction.atomic
def take(*, handover: Handover, by: User, anyway: bool = False) -> None:
    """Let this person write in the report from now on, so that nobody overwrites unasked what another one counted.

    Raises `Overtaken` where somebody else writes in it, unless this one read that and wants it `anyway`.
    """
    hold(handover)
    check_independent("submit", handover, by)
    last = _last_writing(handover)
    if last is not None and last.actor_id == by.pk:
        return
    if last is not None and last.actor_id is not None and not anyway:
        raise Overtaken(handover.state, _written_by(last, by), "begun")
    with perform(handover, "take", by=by):
        pass


def written_by_another(handover: Handover, user: User) -> str:
    """Who else writes in the report, in a sentence; empty where nobody does."""
    last = _last_writing(handover)
    return _written_by(last, user) if last and last.actor_id not in (None, user.pk) else ""


def _last_writing(handover: Handover) -> HandoverMove | None:
    """By whom it was begun or taken over last; nobody's once it came back for correction."""
    moves = handover.moves.filter(verb__in=("start", "take", "send_back")).select_related("actor")
    last = moves.order_by("-pk").first()
    return last if last is not None and last.verb != "send_back" else None


def _written_by(move: HandoverMove, by: User) -> str:
    return _("%(who)s menulis laporan ini sejak %(when)s.") % {"who": _who(move, by), "when": when(move.at)}


def newest_submit(delivery: Delivery) -> int:
    """The journal's newest row of a report of this delivery that was handed in; 0 before the first."""
    moves = HandoverMove.objects.filter(subject__delivery=delivery, verb="submit")
    return moves.order_by("-pk").values_list("pk", flat=True).first() or 0


def _check_not_overtaken(delivery: Delivery, by: User, seen: int, anyway: bool) -> None:
    moves = HandoverMove.objects.filter(subject__delivery=delivery).select_related("actor", "subject")
    begun = delivery.handovers.filter(state__in=HANDOVER["save"].sources).first()
    if begun is not None and begun.state == HandoverState.RETURNED:
        raise Overtaken(
            begun.state,
            _("BAST %(number)s untuk kiriman ini dikembalikan untuk diperbaiki. Perbaiki itu lebih dulu.")
            % {"number": begun.number},
            "returned",
        )
    if anyway:
        return
    since = moves.filter(verb="submit", pk__gt=seen).order_by("-pk").first()
    if since is not None:
        raise _reported(since, since.subject, by)
    if begun is not None:
        first = moves.filter(verb="start", subject=begun).first()
        if first is not None and first.actor_id != by.pk:
            raise Overtaken(
                begun.state,
                _("%(who)s sudah mulai membuat berita acara untuk kiriman ini.") % {"who": _who(first, by)},
                "begun",
            )


def check_is_the_same(handover: Handover, *, by: User, key: uuid.UUID | None, final: bool) -> None:
    """Of a report that is handed in, or thrown away: whether what a phone sends of it is what was handed in.

    The phone hands in last of all, so its own key means that all of it came. Raises `Overtaken` where somebody
    else handed in: what the phone holds is not in it.
    """
    if handover.submitted_at is None:
        raise Overtaken(handover.state, _("Draf laporan ini sudah dibuang."), "discarded")
    if key is not None and key == handover.key:
        return
    last = handover.moves.filter(verb="submit").select_related("actor").order_by("-pk")[0]
    if not (final and last.actor_id == by.pk):
        raise _reported(last, handover, by)


def _reported(move: HandoverMove, handover: Handover, by: User) -> Overtaken:
    return Overtaken(
        handover.state,
        _("%(who)s sudah melaporkan kiriman ini pada %(when)s: BAST %(number)s.")
        % {"who": _who(move, by), "when": when(move.at), "number": handover.number},
        "reported",
    )


def _who(move: HandoverMove, by: User) -> str:
    if move.actor_id == by.pk:
        return _("Bapak/Ibu sendiri")
    return move.actor.name if move.actor else _("Pengurus lain")


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone says of one file that it made small: as private and as little proven as a picture's metadata."""

    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    original_sha256: str = ""

    @classmethod
    def of(cls, post: Mapping[str, str], name: str = "photos") -> "Told":
        """From the fields that came beside the file; what does not read as such is left out."""
        place = (
            _degrees(post.get(f"{name}_latitude"), 90),
            _degrees(post.get(f"{name}_longitude"), 180),
        )
        sha256 = post.get(f"{name}_sha256", "")
        return cls(
            _moment(post.get(f"{name}_taken_at")),
            *(place if None not in place else (None, None)),
            original_sha256=sha256 if _SHA256.fullmatch(sha256) else "",
        )

    def beside(self, photo: Photo) -> Photo:
        """The photo, with what its own metadata does not say."""
        place = (photo.latitude, photo.longitude)
        if None in place:
            place = (self.latitude, self.longitude)
        return replace(photo, taken_at=photo.taken_at or self.taken_at, latitude=place[0], longitude=place[1])


def clock_off(told: str | None) -> int | None:
    """Seconds by which the phone's clock is ahead of ours (negative: behind); None where it said nothing readable."""
    moment = _moment(told)
    if moment is None:
        return None
    seconds = round((moment - clock.now()).total_seconds())
    return max(-MOST_SECONDS, min(MOST_SECONDS, seconds))


def clock_warning(seconds: int | None) -> str:
    """What to tell whoever writes on a phone whose clock is wrong; empty where it is right."""
    if seconds is None or abs(seconds) <= TOLERATED_SECONDS:
        return ""
    args = {"time": duration(timedelta(seconds=abs(seconds))), "now": when(clock.now())}
    if seconds > 0:
        return (
            _(
                "Jam telepon Bapak/Ibu %(time)s lebih cepat; sekarang %(now)s. Periksa tanggal dan jam tibanya."
            )
            % args
        )
    return (
        _("Jam telepon Bapak/Ibu %(time)s lebih lambat; sekarang %(now)s. Periksa tanggal dan jam tibanya.")
        % args
    )


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    try:
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    except OverflowError:
        return None


def _degrees(text: str | None, most: float) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None
