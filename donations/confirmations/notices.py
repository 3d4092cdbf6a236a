"""Who is asked to confirm an arrival, and reminded once. Whoever reported it is not."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.actions import tell
from accounts.notices.actions.telling import key_of, path_to
from accounts.notices.audiences import Audience, facilitators, members
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, settles, tells
from accounts.notices.values import Value, day
from donations.confirmations.kinds import Side
from donations.confirmations.models import Confirmation
from donations.deliveries.notices import lines_of, told
from donations.handovers.models import Handover

BUTTON = _("Jawab dengan satu ketukan")
TEXT = _("%(what)s di %(place)s, menurut %(report)s. Jawab sampai %(until)s.")
DELIVERER = Kind(
    "confirmation.deliverer", Group.CARRYING, _("Sampaikah kiriman Anda ke %(place)s?"), TEXT, BUTTON, is_public=True,
)  # fmt: skip
DELIVERER_LATE = Kind(
    "confirmation.deliverer_late", Group.CARRYING, _("Belum dijawab: sampaikah kiriman Anda ke %(place)s?"), TEXT,
    BUTTON, is_public=True,
)  # fmt: skip
FACILITATOR = Kind(
    "confirmation.facilitator", Group.RECEIVING, _("Sampaikah bantuan di %(place)s?"), TEXT, BUTTON,
)  # fmt: skip
FACILITATOR_LATE = Kind(
    "confirmation.facilitator_late", Group.RECEIVING, _("Belum dijawab: sampaikah bantuan di %(place)s?"), TEXT, BUTTON,
)  # fmt: skip

settles(Confirmation, "answer", "affirm", "attest", "expire",
        kinds=(DELIVERER, DELIVERER_LATE, FACILITATOR, FACILITATOR_LATE))  # fmt: skip


@tells(Confirmation, "ask")
def asked(act: Performance) -> Iterator[News]:
    yield _news(act.subject, late=False)


def remind_of(confirmation: Confirmation) -> None:
    """Once: the key is that of the question. Inside a transaction."""
    move = confirmation.moves.get(verb="ask")
    tell(_news(confirmation, late=True), key=key_of("confirmationmove", move.pk, late=True))


def _news(confirmation: Confirmation, *, late: bool) -> News:
    report = Handover.objects.for_rows().get(pk=confirmation.handover_id)
    lines = lines_of(report.delivery)
    told_of = told(report.delivery, lines)
    about: dict[str, Value] = {
        "what": told_of["what"], "place": told_of["place"], "report": f"BAST {report.number}",
        "until": day(confirmation.expires_on),
    }  # fmt: skip
    if confirmation.side == Side.DELIVERER:
        people, path = (
            members(report.delivery.executor_id),
            path_to("confirmation", confirmation.code_in_groups),
        )
        kind = DELIVERER_LATE if late else DELIVERER
    else:
        people, path = facilitators(report), path_to("confirmation_own", report.pk)
        kind = FACILITATOR_LATE if late else FACILITATOR
    return News(
        kind,
        _independent(people, report),
        confirmation,
        about,
        label=f"BAST {report.number}",
        path=path,
    )


def _independent(people: Audience, report: Handover) -> Audience:
    """Without those who reported or verified it."""
    judges = report.moves.filter(verb__in=("submit", "verify")).exclude(actor=None)
    return replace(people, besides=frozenset(judges.values_list("actor_id", flat=True)))
