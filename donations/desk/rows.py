"""The tasks of one page of the desk in words; one query a model, however many rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import clock
from donations.deliveries.models import Delivery, DeliveryLine
from donations.handovers.models import Handover, HandoverLine
from donations.handovers.queries import with_warned
from donations.messages.models import Thread
from donations.pledges.models import Commitment, Redirect
from programs.adjustments.wording import asked_for
from programs.models import Adjustment, Need
from programs.wording import quantity_in_unit
from regions.notation import NBSP, duration, number, when

ACTIONS: dict[str, str | Promise] = {
    "contact": gettext_lazy("Hubungi kolaborator"),
    "answer": gettext_lazy("Jawab ikrar"),
    "allocate": gettext_lazy("Alokasikan sisa"),
    "redirect": gettext_lazy("Jawab pengalihan"),
    "reply": gettext_lazy("Jawab pesan"),
    "check": gettext_lazy("Periksa BAST"),
    "overdue": gettext_lazy("Tanyakan pengiriman"),
    "short": gettext_lazy("Putuskan kekurangan"),
    "publish": gettext_lazy("Terbitkan kebutuhan"),
    "adjust": gettext_lazy("Jawab permintaan"),
}
MODELS: dict[str, type[Any]] = {
    "contact": Commitment, "answer": Commitment, "allocate": Commitment, "check": Handover,
    "overdue": Delivery, "short": Delivery, "publish": Need, "redirect": Redirect, "reply": Thread,
    "adjust": Adjustment,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the desk's table. `key` names it in `?pilih=`; `late` is said in place of the deadline."""

    key: str
    kind: str
    due: datetime
    action: str | Promise
    number: str
    party: str
    party_sub: str
    recipient: str
    quantity: str
    status: str
    status_label: str
    pk: int
    note: str = ""

    @property
    def is_late(self) -> bool:
        return self.due < clock.now()

    @property
    def due_text(self) -> str:
        return lateness(self.due) if self.is_late else soon(self.due)


def lateness(due: datetime) -> str:
    """ "Terlambat 3 jam"."""
    return _("Terlambat %(span)s") % {"span": duration(clock.now() - due).replace(" ", NBSP)}


def soon(due: datetime) -> str:
    """ "Hari ini 14.00", "Besok 09.00", "24 November"."""
    today, day = clock.today(), timezone.localtime(due).date()
    hour = when(due, "clock")
    if day == today:
        return _("Hari ini %(hour)s") % {"hour": hour}
    if (day - today).days == 1:
        return _("Besok %(hour)s") % {"hour": hour}
    return when(due, _style(day, today))


def _style(day: date, today: date) -> str:
    return "day_month" if day.year == today.year else "day"


def rows(page: Iterable[tuple[str, int, datetime, int]]) -> list[Row]:
    """The rows of `tasks()`, in their order."""
    found = list(page)
    loaded: dict[tuple[type[Any], int], Any] = {}
    for model in (Commitment, Handover, Delivery, Need, Redirect, Thread, Adjustment):
        keys = {pk for kind, pk, _due, _value in found if MODELS[kind] is model}
        # Asked even when there is nothing, so that the number of queries never depends on the rows.
        for item in list(_load(model).filter(pk__in=keys or [0])):
            loaded[model, item.pk] = item
    made = []
    for kind, pk, due, _value in found:
        item = loaded.get((MODELS[kind], pk))
        if item is not None:
            made.append(_row(kind, item, due))
    return made


def _load(model: type[Any]) -> Any:
    """With all that a row says; what lies on board comes in one query more, not in one a step of the way."""
    objects = model._default_manager
    if model is Handover:
        lines = HandoverLine.objects.select_related("delivery_line__allocation__commitment__aid_type")
        return with_warned(objects.for_rows()).prefetch_related(Prefetch("lines", lines))
    if model is Delivery:
        on_board = DeliveryLine.objects.select_related("allocation__commitment__aid_type")
        return objects.select_related("executor", "region", "site").prefetch_related(
            Prefetch("lines", on_board)
        )
    return objects.for_rows()


def _row(kind: str, item: Any, due: datetime) -> Row:
    written = _WRITERS[type(item)](kind, item)
    return Row(
        key=f"{kind}-{item.pk}", kind=kind, due=due, action=ACTIONS[kind], pk=item.pk,
        **{"recipient": getattr(item, "recipient_name", ""), **written},
    )  # fmt: skip


def _commitment(kind: str, item: Commitment) -> dict[str, str]:
    quantity = item.unallocated if kind == "allocate" else item.live
    return {
        "number": item.number,
        "party": item.pledge.collaborator.name,
        "party_sub": str(item.pledge.collaborator.kind_label),
        "quantity": quantity_in_unit(item.aid_type, quantity),
        "status": "allocated" if item.state == "accepted" else "held" if item.held else "open",
        "status_label": str(item.state_label if item.state == "accepted" or not item.held else _("ditahan")),
    }


def _handover(kind: str, item: Handover) -> dict[str, str]:
    lines = item.lines.all()
    good, sent = sum(line.good for line in lines), sum(line.delivery_line.quantity for line in lines)
    text = _("%(good)s dari %(sent)s") % {"good": number(good), "sent": number(sent)}
    warned: int = getattr(item, "warned", 0)
    span = duration(clock.now() - item.submitted_at).replace(" ", NBSP) if item.submitted_at else ""
    return {
        "number": _("%(report)s, menunggu %(span)s") % {"report": item, "span": span},
        "note": ngettext("%(n)s peringatan", "%(n)s peringatan", warned) % {"n": warned} if warned else "",
        "party": item.delivery.executor.name,
        "party_sub": _("pelaksana"),
        "quantity": text,
        "status": "late" if item.state == "disputed" else "delivered",
        "status_label": str(item.state_label) if item.state == "disputed" else _("diterima"),
    }


def _delivery(kind: str, item: Delivery) -> dict[str, str]:
    return {
        "number": item.number,
        "party": item.executor.name,
        "party_sub": _("pelaksana"),
        "quantity": quantities(item),
        "status": "delivered" if item.state in ("dispatched", "completed") else "allocated",
        "status_label": str(item.state_label),
    }


def quantities(delivery: Delivery) -> str:
    """ "150 paket, 3 unit": what is on board, units of one name added up."""
    sums: dict[str, tuple[Any, int]] = {}
    for line in delivery.lines.all():
        aid = line.allocation.commitment.aid_type
        sums[aid.unit_name] = (aid, sums.get(aid.unit_name, (aid, 0))[1] + line.quantity)
    return ", ".join(quantity_in_unit(aid, quantity) for aid, quantity in sums.values())


def _need(kind: str, item: Need) -> dict[str, str]:
    return {
        "number": item.number,
        "party": item.aid_type.title,
        "party_sub": item.program.title,
        "quantity": quantity_in_unit(item.aid_type, item.target),
        "status": "draft",
        "status_label": str(item.state_label),
    }


def _redirect(kind: str, item: Redirect) -> dict[str, str]:
    commitment = item.allocation.commitment
    return {
        "number": commitment.number,
        "party": commitment.pledge.collaborator.name,
        "party_sub": _("dari %(place)s") % {"place": item.source.recipient_name},
        "recipient": item.need.recipient_name,
        "quantity": quantity_in_unit(commitment.aid_type, item.quantity),
        "status": "held",
        "status_label": str(item.state_label),
    }


def _thread(kind: str, item: Thread) -> dict[str, str]:
    return {
        "number": item.commitment.number,
        "party": item.commitment.pledge.collaborator.name,
        "party_sub": str(item.commitment.pledge.collaborator.kind_label),
        "recipient": item.commitment.recipient_name,
        "quantity": quantity_in_unit(item.commitment.aid_type, item.commitment.live),
        "status": "held",
        "status_label": str(item.state_label),
    }


def _adjustment(kind: str, item: Adjustment) -> dict[str, str]:
    return {
        "number": item.need.number,
        "party": item.need.aid_type.title,
        "party_sub": _("diminta penerima"),
        "quantity": asked_for(item),
        "status": "held",
        "status_label": str(item.state_label),
    }


_WRITERS: dict[type[Any], Any] = {
    Adjustment: _adjustment,
    Redirect: _redirect,
    Thread: _thread,
    Commitment: _commitment,
    Handover: _handover,
    Delivery: _delivery,
    Need: _need,
}
