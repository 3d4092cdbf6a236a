"""Money of a commitment that goes through an aggregator, and who delivers."""

from datetime import date

from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import Refused
from accounts.models import Organisation, User
from accounts.roles import Role
from donations.pledges.models import Commitment, Conversion, Receipt, Route
from regions.actions import mark_stale


def fund(
    *,
    commitment: Commitment,
    by: User | None,
    amount: int,
    received_on: date | None = None,
    reference: str = "",
) -> Receipt:
    """Record rupiah that the aggregator received for this commitment."""
    with perform(commitment, "fund", by=by, amount=amount, reference=reference) as act:
        subject = act.subject
        _only_aggregator(subject)
        day = received_on or clock.today()
        if amount <= 0:
            raise Refused(_("Tulis jumlah rupiah lebih dari nol."), field="amount")
        if day > clock.today():
            raise Refused(_("Tanggal terima belum sampai."), field="received_on")
        _under_a_permit(subject, day)
        receipt = Receipt.objects.create(
            commitment=subject, amount=amount, received_on=day, reference=reference, recorded_at=clock.now()
        )
        subject.funded += amount
    return receipt


def convert(
    *,
    commitment: Commitment,
    by: User | None,
    quantity: int,
    unit_price: int,
    cost: int = 0,
    converted_on: date | None = None,
) -> Conversion:
    """Record that money became units: `quantity` at `unit_price` rupiah, `cost` kept for collecting (≤ 10 %)."""
    with perform(commitment, "convert", by=by, quantity=quantity, unit_price=unit_price, cost=cost) as act:
        subject = act.subject
        _only_aggregator(subject)
        if quantity <= 0 or unit_price <= 0 or cost < 0:
            raise Refused(_("Jumlah dan harga satuan harus lebih dari nol."), field="quantity")
        if subject.converted + quantity > subject.live:
            raise Refused(
                _("Ikrar ini tinggal %(rest)s yang belum dibelanjakan.")
                % {"rest": subject.live - subject.converted},
                field="quantity",
            )
        used = quantity * unit_price + cost
        if cost * 10 > used:
            raise Refused(_("Biaya pengumpulan paling banyak 10% dari uang yang dipakai."), field="cost")
        rest = subject.funded - subject.spent
        if used > rest:
            raise Refused(
                _("Dana yang diterima dan belum dipakai tinggal Rp%(rest)s.") % {"rest": rest},
                field="unit_price",
            )
        conversion = Conversion.objects.create(
            commitment=subject,
            quantity=quantity,
            unit_price=unit_price,
            cost=cost,
            converted_on=converted_on or clock.today(),
            recorded_at=clock.now(),
        )
        subject.converted += quantity
        subject.spent += used
        mark_stale(subject.region.city_code)
    return conversion


def entrust(*, commitment: Commitment, by: User | None, executor: Organisation) -> Commitment:
    """Name who delivers. Before anything is planned or sent; of what an aggregator buys, not by its giver."""
    with perform(commitment, "entrust", by=by, executor=executor.pk) as act:
        if act.subject.route == Route.AGGREGATOR and act.grant and act.grant.role == Role.COLLABORATOR:
            raise Refused(
                _("Pelaksananya ditunjuk %(name)s.") % {"name": act.subject.aggregator}, field="executor"
            )
        if not (
            executor.is_executor
            or executor.pk in (act.subject.aggregator_id, act.subject.pledge.collaborator_id)
        ):
            raise Refused(_("Organisasi ini tidak terdaftar sebagai pelaksana."), field="executor")
        if act.subject.allocations.filter(planned__gt=0).exists():
            raise Refused(_("Pengiriman sudah direncanakan. Batalkan rencananya dulu."), field="executor")
        act.subject.executor = executor
    return act.subject


def _under_a_permit(commitment: Commitment, day: date) -> None:
    """Money is taken under a permit in force on the day it came, whatever has become of the permit since."""
    aggregator = commitment.aggregator
    if aggregator is None or not aggregator.permits.in_force_on(day).exists():
        raise Refused(
            _("Pada tanggal ini izin PUB %(name)s tidak berlaku: belum mulai, sudah berakhir, dibekukan, atau "
              "dicabut. Periksa tanggalnya, atau hubungi administrator.") % {"name": aggregator},
            field="received_on", code="permit",
        )  # fmt: skip


def _only_aggregator(commitment: Commitment) -> None:
    if commitment.route != Route.AGGREGATOR:
        raise Refused(_("Ikrar ini dikirim langsung, tanpa uang melalui agregator."))
