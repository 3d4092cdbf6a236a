"""What stands beside the list for the chosen task: its facts, its bar, its history and what can be done."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.actions import may
from accounts.models import User
from accounts.once import last_move
from donations.deliveries.models import Delivery
from donations.desk.rows import MODELS, quantities
from donations.desk.words import commitment_facts, commitment_key, contact_facts, need_facts, told
from donations.handovers.models import Handover, HandoverCheck
from donations.handovers.warned_words import told as told_warnings
from donations.messages.models import Thread
from donations.pledges.models import Commitment, Redirect
from donations.pledges.offers import Offer, offers
from donations.pledges.states import REDIRECT
from programs.adjustments.states import ADJUSTMENT
from programs.adjustments.wording import asked_for
from programs.coverage import Coverage, KeyRow
from programs.models import Adjustment, Need
from programs.wording import quantity_of
from regions.notation import number, when


@dataclass
class Panel:
    """The chosen task. `accept`: the fields of the one button that accepts all of a commitment."""

    key: str
    over: str
    title: str
    recipient: str
    recipient_href: str
    href: str
    link_label: str
    coverage: Coverage | None = None
    offers: list[Offer] = field(default_factory=list)
    accept: dict[str, Any] | None = None
    accept_label: str = ""
    accept_href: str = ""
    accept_first: bool = True
    key_rows: list[KeyRow] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    counts: list[dict[str, Any]] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)


def address(name: str, *args: Any) -> str:
    """The address of a page, or "" while there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _noticed(item: Handover) -> list[dict[str, Any]]:
    """What the platform noticed of its newest version: the weightiest, and how many more."""
    check = HandoverCheck.objects.filter(record__handover=item, record__version=item.version).first()
    said = told_warnings(check.findings) if check else []
    if not said:
        return []
    more = _("dan %(n)s lagi") % {"n": number(len(said) - 1)} if len(said) > 1 else ""
    return [{"label": _("Peringatan"), "value": said[0].text, "sub": more}]


def panel(key: str, user: User) -> Panel | None:
    """The panel of the task `key` ("answer-12"), or None if it is no task or out of this person's reach."""
    kind, _dash, number_text = key.partition("-")
    model = MODELS.get(kind)
    if model is None or not number_text.isdecimal() or len(number_text) > 15:
        return None
    item = model._default_manager.visible_to(user).for_rows().filter(pk=int(number_text)).first()
    return None if item is None else _PANELS[model](key, item, user)


def _commitment(key: str, item: Commitment, user: User) -> Panel:
    first = item.allocations.select_related("need__aid_type", "need__region", "need__site").first()
    offered = offers(item, user)
    shown = Panel(
        key=key,
        over=_("Ikrar %(number)s · dikirim %(moment)s")
        % {"number": item.number, "moment": when(item.pledge.submitted_at)},
        title=_("%(quantity)s dari %(party)s")
        % {"quantity": quantity_of(item.aid_type, item.live), "party": item.pledge.collaborator.name},
        recipient=item.recipient_name,
        recipient_href=address("desk_need", first.need_id) if first else address("region", item.region_id),
        href=item.get_absolute_url(),
        link_label=_("Buka ikrar"),
        coverage=first.need.coverage if first else item.coverage,
        key_rows=list(first.need.coverage.key) if first else commitment_key(item),
        offers=[offer for offer in offered if offer.kind != "primary" or offer.verb != "accept"],
        facts=[*contact_facts(item, user), *commitment_facts(item)],
        moves=told(item),
    )
    if any(offer.verb == "accept" for offer in offered):
        shown.accept = {"quantity": item.live, "seen": last_move(item)}
        shown.accept_href = reverse("commitment_verb", args=[item.pk, "accept"])
        shown.accept_label = _("Terima %(quantity)s %(unit)s") % {
            "quantity": number(item.live), "unit": item.aid_type.unit_name,
        }  # fmt: skip
        shown.moves.append({
            "label": _("Menunggu jawaban Anda"), "next": True,
            "detail": _("sesudah %(moment)s jumlah ini terlepas") % {"moment": when(item.answer_by)}
            if item.answer_by else "",
        })  # fmt: skip
        # To be contacted first: then that is the one primary action, and accepting stands beside it.
        kind = "primary" if key.startswith("contact") else ""
        by_verb = {offer.verb: offer for offer in offered}
        contact = [Offer("contact", o.label, o.href, kind) for o in offered if o.verb == "contact"]
        part = Offer("accept", _("Terima sebagian"), shown.accept_href, "")
        rest = [by_verb[verb] for verb in ("decline",) if verb in by_verb]
        shown.offers = [*contact, part, *rest] if kind else [part, *rest, *contact]
        shown.accept_first = not kind
    return shown


def _handover(key: str, item: Handover, user: User) -> Panel:
    lines = item.lines.select_related("delivery_line__allocation__commitment__aid_type")
    counts = [
        {
            "label": quantity_of(line.delivery_line.allocation.commitment.aid_type, line.delivery_line.quantity),
            "good": line.good, "damaged": line.damaged, "missing": line.missing,
        }
        for line in lines
    ]  # fmt: skip
    return Panel(
        key=key,
        over=_("%(number)s · diajukan %(moment)s")
        % {"number": item, "moment": when(item.submitted_at) if item.submitted_at else ""},
        title=_("Berita acara dari %(recipient)s") % {"recipient": item.recipient_name},
        recipient=item.recipient_name,
        recipient_href="",
        href=address("handover", item.pk),
        link_label=_("Periksa berita acara"),
        counts=counts,
        facts=[
            {"label": _("Pelaksana"), "value": item.delivery.executor.name},
            {
                "label": _("Pengiriman"),
                "value": item.delivery.number,
                "href": address("delivery", item.delivery_id),
            },
            {"label": _("Tiba"), "value": when(item.arrived_at) if item.arrived_at else "–"},
            {"label": _("Tempat"), "value": item.place or "–"},
            *_noticed(item),
        ],
        moves=told(item),
    )


def _delivery(key: str, item: Delivery, user: User) -> Panel:
    return Panel(
        key=key,
        over=_("Pengiriman %(number)s") % {"number": item.number},
        title=_("%(quantity)s dari %(party)s") % {"quantity": quantities(item), "party": item.executor.name},
        recipient=item.recipient_name,
        recipient_href="",
        href=address("delivery", item.pk),
        link_label=_("Buka pengiriman"),
        facts=[
            {"label": _("Rencana"), "value": when(item.planned_on, "day"), "sub": item.window},
            {"label": _("Keadaan"), "value": item.state_label},
            {
                "label": _("Berangkat"),
                "value": when(item.dispatched_at) if item.dispatched_at else _("belum"),
            },
        ],
        moves=told(item),
    )


def _need(key: str, item: Need, user: User) -> Panel:
    offered = [
        Offer(name, verb.label, reverse("need_verb", args=[item.pk, name]), "primary")
        for name, verb in Need.VERBS.items()
        if name == "publish" and item.state in verb.sources and may(user, verb, item)
    ]
    return Panel(
        key=key,
        over=_("Draf %(number)s") % {"number": item.number},
        title=quantity_of(item.aid_type, item.target),
        recipient=item.recipient_name,
        recipient_href=address("region", item.region_id),
        href=reverse("desk_need", args=[item.pk]),
        link_label=_("Pratinjau kebutuhan"),
        coverage=item.coverage,
        key_rows=list(item.coverage.key),
        offers=offered,
        facts=need_facts(item),
        moves=told(item),
    )


def _redirect(key: str, item: Redirect, user: User) -> Panel:
    commitment = item.allocation.commitment
    asked = item.moves.order_by("pk").first()
    return Panel(
        key=key,
        over=_("Pengalihan %(number)s · diminta %(moment)s")
        % {"number": commitment.number, "moment": when(item.made_at)},
        title=_("%(quantity)s dari %(party)s")
        % {
            "quantity": quantity_of(commitment.aid_type, item.quantity),
            "party": commitment.pledge.collaborator.name,
        },
        recipient=item.need.recipient_name,
        recipient_href=address("desk_need", item.need_id),
        href=commitment.get_absolute_url(),
        link_label=_("Buka ikrar"),
        coverage=item.need.coverage,
        key_rows=list(item.need.coverage.key),
        offers=[
            Offer(verb.name, verb.label, reverse("redirect_verb", args=[item.pk, verb.name]),
                  "primary" if verb.name == "agree" else "danger" if verb.danger else "")
            for verb in REDIRECT.possible(item.state) if may(user, verb, item)
        ],
        facts=[
            {"label": _("Dari"), "value": item.source.recipient_name},
            {"label": _("Ke"), "value": item.need.recipient_name},
            {"label": _("Alasan"), "value": asked.reason if asked else "–"},
        ],
        moves=told(item),
    )  # fmt: skip


def _thread(key: str, item: Thread, user: User) -> Panel:
    commitment = item.commitment
    sent = item.messages.filter(state="sent").select_related("move").order_by("-pk")[:3]
    return Panel(
        key=key,
        over=_("Pesan tentang %(number)s · menunggu sejak %(moment)s")
        % {"number": commitment.number, "moment": when(item.waiting_since) if item.waiting_since else ""},
        title=_("Pesan dari %(party)s") % {"party": commitment.pledge.collaborator.name},
        recipient=commitment.recipient_name,
        recipient_href="",
        href=item.get_absolute_url(),
        link_label=_("Baca dan jawab"),
        moves=[
            {"label": one.text or _("Lampiran"), "who": one.move.acted_as if one.move else "", "moment": one.sent_at}
            for one in sent
        ],
    )  # fmt: skip


def _adjustment(key: str, item: Adjustment, user: User) -> Panel:
    need = item.need
    asked = item.moves.order_by("pk").first()
    return Panel(
        key=key,
        over=_("Permintaan penerima · %(moment)s") % {"moment": when(item.made_at)},
        title=_("%(number)s %(asked)s") % {"number": need.number, "asked": asked_for(item)},
        recipient=item.recipient_name,
        recipient_href=address("region", need.region_id),
        href=address("desk_need", need.pk),
        link_label=_("Buka kebutuhan"),
        coverage=need.coverage,
        key_rows=list(need.coverage.key),
        offers=[
            Offer(verb.name, verb.label, reverse("adjustment_verb", args=[item.pk, verb.name]),
                  "primary" if verb.name == "agree" else "danger" if verb.danger else "")
            for verb in ADJUSTMENT.possible(item.state) if may(user, verb, item)
        ],
        facts=[{"label": _("Alasan"), "value": asked.reason if asked else "–"}, *need_facts(need)],
        moves=told(item),
    )  # fmt: skip


_PANELS: dict[type[Any], Any] = {
    Commitment: _commitment, Handover: _handover, Delivery: _delivery, Need: _need, Redirect: _redirect,
    Thread: _thread, Adjustment: _adjustment,
}  # fmt: skip
