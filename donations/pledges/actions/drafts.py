"""Writing a pledge answer by answer, and sending it once."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.errors import NotNow, Refused
from accounts.models import Organisation, User
from donations.pledges.actions.submit import Promise, submit
from donations.pledges.models import Pledge, PledgeDraft
from programs.models import AidType, Need
from regions.models import Region

# Which question of the flow fills which fields.
ANSWERS: dict[str, tuple[str, ...]] = {
    "jumlah": ("quantity",),
    "cara": ("route", "aggregator"),
    "sumber": ("source",),
    "jadwal": ("schedule",),
    "nama": ("may_be_named", "note"),
    "akun": ("organisation",),
}
KEPT_DAYS = 60


def begin(
    *,
    by: User | None,
    need: Need | None = None,
    aid_type: AidType | None = None,
    region: Region | None = None,
    quantity: int | None = None,
) -> PledgeDraft:
    """A new draft for a need, or of an aid type for a region; `by` None for a visitor."""
    kind = need.aid_type if need else aid_type
    if kind is None:
        raise TypeError("a draft without a need wants aid_type and region")
    now = clock.now()
    return PledgeDraft.objects.create(
        user=by,
        need=need,
        aid_type=kind,
        region=None if need else region,
        quantity=quantity,
        answered=["jumlah"] if quantity else [],
        created_at=now,
        saved_at=now,
    )


@transaction.atomic
def answer(*, draft: PledgeDraft, by: User | None, step: str, **values: Any) -> PledgeDraft:
    """Keep the answer to one question; other answers, perhaps of another tab, stay as they are."""
    fields = ANSWERS[step]
    if set(values) != set(fields):
        raise TypeError(f"{step} wants {fields}")
    locked = _open(draft)
    for name, value in values.items():
        setattr(locked, name, value)
    if step not in locked.answered:
        locked.answered = [*locked.answered, step]
    return _save(locked, by, *fields, "answered")


@transaction.atomic
def aim_at(*, draft: PledgeDraft, by: User | None, need: Need) -> PledgeDraft:
    """Turn to another need of the same aid type; every answer stays."""
    locked = _open(draft)
    if need.aid_type_id != locked.aid_type_id:
        raise Refused(_("Bentuk bantuannya berbeda dari ikrar ini."))
    locked.need, locked.region = need, None
    return _save(locked, by, "need", "region")


@transaction.atomic
def send(*, draft: PledgeDraft, by: User, organisation: Organisation, statement: str) -> Pledge:
    """Send the draft as a pledge of that organisation. Sent already: the pledge that it became.

    Raises what `submit` raises (`NeedFull`, `Refused`); the draft is kept as it was then.
    """
    locked = PledgeDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.pledge is not None:
        return locked.pledge
    if locked.quantity is None:
        raise Refused(_("Tulis jumlahnya dulu."), field="quantity")
    promise = Promise(
        quantity=locked.quantity,
        need=locked.need,
        aid_type=locked.aid_type,
        region=locked.region,
        route=locked.route,
        aggregator=locked.aggregator,
        source=locked.source,
        schedule=locked.schedule,
    )
    pledge = submit(
        collaborator=organisation,
        by=by,
        promises=[promise],
        key=locked.key,
        may_be_named=locked.may_be_named,
        statement=statement,
        note=locked.note,
    )
    locked.pledge, locked.organisation = pledge, organisation
    _save(locked, by, "pledge", "organisation")
    return pledge


def forget_old_drafts() -> int:
    """Delete what nobody went on with for 60 days, sent or not; how many. The pledges stay."""
    old = PledgeDraft.objects.filter(saved_at__lt=clock.now() - timedelta(days=KEPT_DAYS))
    count, _by_model = old.delete()
    return count


def _open(draft: PledgeDraft) -> PledgeDraft:
    locked = PledgeDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.pledge_id is not None:
        raise NotNow("answer", "sent", _("Ikrar ini sudah terkirim dan tidak dapat diubah lagi dari sini."))
    return locked


def _save(draft: PledgeDraft, by: User | None, *fields: str) -> PledgeDraft:
    """Save those fields, and note when and by whom: from then on it opens for nobody else."""
    draft.user = draft.user or by
    draft.saved_at = clock.now()
    draft.save(update_fields=[*fields, "user", "saved_at"])
    return draft
