"""Asking for less, for a pause or to go on, and the answer. Locked in one order: the need, then what is asked."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import Refused
from accounts.models import User
from programs import actions as needs
from programs.adjustments.models import Adjustment
from programs.adjustments.states import ADJUSTMENT, POSSIBLE, Wanted
from programs.models import Need
from regions.notation import number


@transaction.atomic
def ask(*, need: Need, wanted: str, by: User | None, reason: str, target: int | None = None) -> Adjustment:
    """`target`: the whole target wanted, where less is asked for; not below what is promised already."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    made = Adjustment(need=need, wanted=wanted, target=target, made_at=clock.now())
    if need.adjustments.open().exists():
        raise Refused(_("Permintaan Anda yang lalu masih menunggu jawaban asesor."), code="pending")
    if wanted not in POSSIBLE.get(need.state, ()):
        raise Refused(
            _("Kebutuhan ini sekarang %(state)s. Muat ulang halaman ini.") % {"state": need.state_label},
            field="wanted", code="not_now",
        )  # fmt: skip
    if wanted == Wanted.LESS:
        check_less(need, target)
    with perform(made, "ask", by=by, reason=reason, wanted=wanted, target=target) as act:
        pass
    return act.subject


def check_less(need: Need, target: int | None) -> None:
    """Raises `Refused` unless it is fewer than now, and not fewer than are held or allocated."""
    promised = need.held + need.reserved
    if promised >= need.target:
        raise Refused(
            _(
                "Seluruhnya sudah dijanjikan, jadi targetnya tidak dapat dikurangi. "
                "Minta jeda, atau pindahkan tanggal pengirimannya."
            ),
            field="target",
        )
    if target is None or not max(promised, 1) <= target < need.target:
        raise Refused(
            _("Tulis jumlah dari %(least)s sampai %(most)s: %(promised)s sudah dijanjikan.")
            % {
                "least": number(max(promised, 1)),
                "most": number(need.target - 1),
                "promised": number(promised),
            },
            field="target",
        )


@transaction.atomic
def agree(*, adjustment: Adjustment, by: User | None, reason: str, target: int | None = None) -> Adjustment:
    """Do to the need what is asked. `reason`: what its public journal says; `target`: another one than asked for."""
    need = Need.objects.select_for_update().get(pk=adjustment.need_id)
    current = Adjustment.objects.select_for_update().get(pk=adjustment.pk)
    ADJUSTMENT.check("agree", current.state)
    with perform(adjustment, "agree", by=by, reason=reason, target=target or current.target) as act:
        if current.wanted == Wanted.LESS:
            needs.revise(need=need, by=by, reason=reason, changes={"target": target or current.target})
        elif current.wanted == Wanted.PAUSE:
            needs.pause(need=need, by=by, reason=reason)
        else:
            needs.resume(need=need, by=by)
    return act.subject


def decline(*, adjustment: Adjustment, by: User | None, reason: str) -> Adjustment:
    with perform(adjustment, "decline", by=by, reason=reason) as act:
        pass
    return act.subject


def withdraw(*, adjustment: Adjustment, by: User | None) -> Adjustment:
    with perform(adjustment, "withdraw", by=by) as act:
        pass
    return act.subject
