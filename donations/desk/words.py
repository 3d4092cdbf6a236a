"""Facts and histories of commitments and needs, as the components want them."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Move, User
from accounts.notices.channels.whatsapp import chat_link
from accounts.notices.queries import contacts_in
from accounts.phones import readable
from accounts.roles import Permission
from accounts.scope import Scope
from donations.pledges.forms.officers import CHANNELS
from donations.pledges.models import Commitment, Route
from programs.coverage import KeyRow
from programs.models import Need
from programs.wording import people_line, quantity_in_unit
from regions.notation import number, rupiah, when


def told(obj: Any) -> list[dict[str, Any]]:
    """The journal of an object for people in reach: who by role and place, why, when. One query."""
    moves = obj.moves.select_related("organisation", "region", "site")
    unit = getattr(getattr(obj, "aid_type", None), "unit_name", "")
    return [
        {
            "label": move.done,
            "who": move.acted_as,
            "why": move.reason,
            "detail": _detail(move, unit),
            "moment": move.at,
        }
        for move in moves
    ]


def _detail(move: Move, unit: str) -> str:
    """What of the journal's data is worth a line: a quantity, a channel, an amount, what was revised."""
    data = move.data
    parts = []
    if channel := data.get("channel"):
        parts.append(str(dict(CHANNELS).get(channel, channel)))
    if note := data.get("note"):
        parts.append(str(note))
    if isinstance(data.get("quantity"), int) and unit:
        parts.append(f"{number(data['quantity'])} {unit}")
    if isinstance(data.get("amount"), int):
        parts.append(rupiah(data["amount"]))
    if isinstance(data.get("schedule"), list):
        parts.append(" → ".join(_day(day) for day in data["schedule"]))
    if isinstance(data.get("named"), bool):
        parts.append(_("nama boleh disebut") if data["named"] else _("nama tidak disebut kepada umum"))
    if move.verb == "revise":
        parts += [_revised(name, change) for name, change in data.items() if isinstance(change, list)]
    return " · ".join(parts)


def _day(iso: str | None) -> str:
    return when(date.fromisoformat(iso), "day") if iso else _("belum ditentukan")


def _revised(name: str, change: list[Any]) -> str:
    """ "target: 1.000 → 1.200"."""
    label = str(getattr(Need._meta.get_field(name), "verbose_name", name))
    if name in ("reason", "handover_place"):
        return _("%(field)s ditulis ulang") % {"field": label}
    old, new = (number(value) if isinstance(value, int) else str(value) for value in change)
    return f"{label}: {old} → {new}"


def commitment_key(item: Commitment) -> list[KeyRow]:
    """The key of a commitment's bar: what is not given to a need yet, of what was promised."""
    labels = {"open": _("Belum dialokasikan"), "total": _("Diikrarkan")}
    return [replace(row, label=labels.get(row.kind, row.label)) for row in item.coverage.key]


def commitment_facts(item: Commitment) -> list[dict[str, Any]]:
    """How, with which money, when, at which value; the parts that stand in every view of a commitment."""
    facts = [
        {"label": _("Cara"), "value": item.get_route_display()},
        {"label": _("Sumber dana"), "value": item.get_source_display()},
        {
            "label": _("Rencana kirim"),
            "value": when(item.schedule, "day") if item.schedule else _("belum ditentukan"),
        },
    ]
    if item.value is not None:
        facts.append({
            "label": _("Nilai"), "value": rupiah(item.value),
            "sub": _("%(value)s satu satuan, saat berikrar") % {"value": rupiah(item.unit_value or 0)},
        })  # fmt: skip
    if item.route == Route.AGGREGATOR and item.aggregator is not None:
        facts.append({"label": _("Agregator"), "value": item.aggregator.name, "sub": item.permit_text})
    if item.executor is not None:
        facts.append({"label": _("Pelaksana"), "value": item.executor.name})
    facts.append({
        "label": _("Kontak pertama"),
        "value": when(item.contacted_at) if item.contacted_at else _("belum"),
    })  # fmt: skip
    if item.state == "submitted" and item.answer_by:
        facts.append({"label": _("Dijawab sebelum"), "value": when(item.answer_by)})
    if item.pledge.note:
        facts.append({"label": _("Pesan kolaborator"), "value": item.pledge.note})
    statement = _("disetujui secara elektronik") if item.pledge.statement else _("tidak tercatat")
    facts.append({"label": _("Surat pernyataan"), "value": statement})
    return facts


def contact_facts(item: Commitment, reader: User) -> list[dict[str, Any]]:
    """Whom an officer who answers the commitment may call, by numbers that people gave for that."""
    if not Scope.of(reader).covers(Permission.COMMITMENT_ANSWER, item):
        return []
    words = _("Halo, saya asesor KSBB. Ini tentang ikrar %(number)s.") % {"number": item.number}
    return [
        {
            "label": _("Hubungi"), "value": one.person.name, "sub": readable(one.contact_phone),
            "links": [
                {"label": _("telepon"), "href": f"tel:{one.contact_phone}"},
                {"label": "WhatsApp", "href": chat_link(one.contact_phone, words)},
            ],
        }
        for one in contacts_in(item.pledge.collaborator_id)
    ]  # fmt: skip


def need_facts(item: Need) -> list[dict[str, Any]]:
    """What an officer wrote of a need."""
    value = None if item.unit_value is None else item.target * item.unit_value
    return [
        {"label": _("Bentuk bantuan"), "value": item.aid_type.title, "sub": item.program.title},
        {"label": _("Target"), "value": quantity_in_unit(item.aid_type, item.target),
         "sub": "" if value is None else _("senilai %(value)s") % {"value": rupiah(value)}},
        {"label": _("Untuk"), "value": people_line(item)},
        {"label": _("Prioritas"), "value": item.get_priority_display()},
        {"label": _("Batas waktu"), "value": when(item.deadline, "day")},
        {"label": _("Tempat serah terima"), "value": item.handover_place or _("belum ditentukan")},
        {"label": _("Mengapa di sini"), "value": item.reason},
    ]  # fmt: skip
