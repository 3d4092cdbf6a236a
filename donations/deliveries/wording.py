"""Quantities and journals in the words of pages. No queries but for what a caller has not loaded yet."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Move
from accounts.roles import Role
from donations.deliveries.models import Delivery
from donations.deliveries.states import DeliveryState
from programs.models import AidKind, AidType
from programs.wording import in_sentence
from regions.notation import language, number, rupiah


def amount(aid_type: AidType, quantity: int) -> str:
    """ "120 paket sembako", "3 unit laptop", "Rp500.000 modal usaha"; "120 staple-food packages" in English."""
    name, unit = aid_type.title, aid_type.unit_for(quantity)
    if aid_type.kind == AidKind.MONEY:
        return f"{rupiah(quantity)} {_lower(name)}"
    if language() == "en":
        *before, last = name.split(" ")
        if unit.lower().startswith(last.lower()):
            # "Staple-food package" counted in "packages"; one stays as the name has it.
            return f"{number(quantity)} {_lower(' '.join([*before, last if quantity == 1 else unit]))}"
        return f"{number(quantity)} {unit} ({_lower(name)})"
    if name.lower().startswith(f"{unit.lower()} ") or name.lower() == unit.lower():
        return f"{number(quantity)} {_lower(name)}"
    return f"{number(quantity)} {unit} {_lower(name)}"


def amounts(parts: Iterable[tuple[AidType, int]]) -> str:
    """Several quantities in one phrase, those of one aid type added up: "120 paket sembako dan 3 unit laptop"."""
    sums: dict[int, tuple[AidType, int]] = {}
    for aid_type, quantity in parts:
        sums[aid_type.pk] = (aid_type, sums.get(aid_type.pk, (aid_type, 0))[1] + quantity)
    words = [amount(aid_type, quantity) for aid_type, quantity in sums.values() if quantity]
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s dan %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


def _lower(name: str) -> str:
    """A name within a sentence: "Paket sembako" → "paket sembako", but "THR tunai" and "Eid package" stay."""
    return name if name[:2].isupper() else in_sentence(name)


def told(
    moves: Iterable[Move],
    aid_types: Mapping[int, AidType] | None = None,
    reports: Mapping[int, tuple[str, str]] | None = None,
) -> list[dict[str, Any]]:
    """Journal rows for a timeline among people in reach: by role and place, with reasons.

    `aid_types`: of a delivery's lines by their primary keys; with it, rows on a line say how much.
    `reports`: name and address of the reports that the reader may open; rows on one of them lead there.
    """
    rows = []
    for move in moves:
        name, href = (reports or {}).get(move.data.get("handover", 0), ("", ""))
        rows.append(
            {
                "label": move.done,
                "who": move.acted_as,
                "why": move.reason,
                "detail": name or _detail(move, aid_types or {}),
                "detail_href": href,
                "moment": move.at,
            }
        )
    return rows


def _detail(move: Move, aid_types: Mapping[int, AidType]) -> str:
    aid_type = aid_types.get(move.data.get("line", 0))
    return amount(aid_type, move.data["quantity"]) if aid_type else ""


def told_publicly(moves: Iterable[Move], unnamed: Collection[int] = ()) -> list[dict[str, Any]]:
    """Journal rows for a public timeline: no person, no reason, no organisation that stays unnamed.

    `unnamed`: primary keys of organisations that are not to be named here, whatever they agreed to elsewhere.
    """
    return [{"label": move.done, "who": _role_and_place(move, unnamed), "moment": move.at} for move in moves]


def _role_and_place(move: Move, unnamed: Collection[int]) -> str:
    if not move.role:
        return str(_("platform"))
    role = Role(move.role).label
    if move.organisation is not None:
        named = move.organisation.may_be_named and move.organisation_id not in unnamed
        return f"{role} {move.organisation.name}" if named else str(role)
    place = move.site or move.region
    return f"{role} {place}" if place else str(role)


def why_no_report(delivery: Delivery) -> str:
    """Why its recipient can report nothing of it now, and what to do if it arrived; empty while it is on its way."""
    match delivery.state:
        case DeliveryState.DISPATCHED:
            return ""
        case DeliveryState.COMPLETED:
            return _("Semua yang dikirim sudah dilaporkan.")
        case DeliveryState.FAILED | DeliveryState.CANCELLED:
            return _(
                "Pengiriman ini tercatat %(state)s. Kalau barangnya ternyata tiba, hubungi %(carrier)s atau kelurahan "
                "supaya dicatat sebagai pengiriman baru; yang sudah Bapak/Ibu tulis tetap tersimpan."
            ) % {"state": delivery.state_label, "carrier": delivery.executor}
    return _(
        "Pengiriman ini belum tercatat berangkat. Kalau barangnya sudah tiba, minta %(carrier)s "
        "mencatat keberangkatannya."
    ) % {"carrier": delivery.executor}
