"""Writing a pledge answer by answer, and sending it once."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.errors import NotNow, Refused
from accounts.models import Organisation, User
from donations.pledges.actions.submit import Promise, enter, refusing
from donations.pledges.models import Aimed, Pledge, PledgeDraft, PledgeDraftLine, RepeatWish, Route
from donations.pledges.queries import draft_rows
from programs.models import AidType, Need
from programs.models.programs import AidKind
from regions.models import Region, Site

# Which question of the flow fills which fields.
ANSWERS: dict[str, tuple[str, ...]] = {
    "jumlah": ("quantity",),
    "cara": ("route", "aggregator"),
    "sumber": ("source",),
    "jadwal": ("schedule", "repeat", "note"),
    "nama": ("may_be_named",),
    "akun": ("organisation",),
}
KEPT_DAYS = 60
# Written out like the statements of notices (`accounts.notices`): pledges come in by the hundred.
UNCHANGED = """
SELECT pledge_id IS NULL AND saved_at = %s FROM donations_pledgedraft WHERE id = %s FOR UPDATE
"""
# More than one letter should hold, and more than one page should send.
MOST_LINES = 20


def begin(
    *,
    by: User | None,
    need: Need | None = None,
    aid_type: AidType | None = None,
    region: Region | None = None,
    site: Site | None = None,
    is_offer: bool = False,
    quantity: int | None = None,
) -> PledgeDraft:
    """A new draft for a need, or of an aid type for a region or (an offer) one place; `by` None for a visitor."""
    now = clock.now()
    return PledgeDraft.objects.create(
        user=by,
        **_aim(need, aid_type, region, site, is_offer),
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
def add_line(
    *,
    draft: PledgeDraft,
    by: User | None,
    quantity: int,
    need: Need | None = None,
    aid_type: AidType | None = None,
    region: Region | None = None,
    site: Site | None = None,
    is_offer: bool = False,
) -> Aimed:
    """Promise a further quantity in the same pledge; a need that is in it already gets the new quantity."""
    locked = _open(draft)
    same = next((one for one in locked.promised() if need is not None and one.need_id == need.pk), None)
    if same is not None:
        return _set(locked, by, same, quantity)
    if locked.lines.count() + 1 >= MOST_LINES:
        raise Refused(
            _("Satu ikrar paling banyak %(most)s baris. Kirim ini dulu, lalu mulai ikrar baru.")
            % {"most": MOST_LINES}
        )
    line = PledgeDraftLine.objects.create(
        draft=locked, quantity=quantity, **_aim(need, aid_type, region, site, is_offer)
    )
    if locked.route == Route.DIRECT and line.aid_type.kind == AidKind.MONEY:
        # Nobody brings rupiah by themselves: how it gets there has to be answered anew.
        locked.route, locked.answered = "", [step for step in locked.answered if step != "cara"]
    _save(locked, by, "route", "answered")
    return line


@transaction.atomic
def set_quantity(*, draft: PledgeDraft, by: User | None, line: PledgeDraftLine, quantity: int) -> Aimed:
    """Change the quantity of one of the further lines."""
    return _set(_open(draft), by, line, quantity)


@transaction.atomic
def drop(*, draft: PledgeDraft, by: User | None, line: PledgeDraftLine | None = None) -> PledgeDraft:
    """Take one quantity out of the pledge (None: the draft's own; the next line takes its place)."""
    locked = _open(draft)
    following = locked.lines.order_by("pk").first()
    if line is not None:
        locked.lines.filter(pk=line.pk).delete()
        return _save(locked, by)
    if following is None:
        raise Refused(_("Ikrar berisi setidaknya satu bantuan."))
    for name in AIM:
        setattr(locked, name, getattr(following, name))
    following.delete()
    return _save(locked, by, *AIM)


@transaction.atomic
def aim_at(
    *, draft: PledgeDraft, by: User | None, need: Need, line: PledgeDraftLine | None = None
) -> PledgeDraft:
    """Turn (one line of) the draft to another need of the same aid type; every answer stays."""
    locked = _open(draft)
    turned: Aimed = locked if line is None else locked.lines.get(pk=line.pk)
    if need.aid_type_id != turned.aid_type_id:
        raise Refused(_("Bentuk bantuannya berbeda dari ikrar ini."))
    if need.pk in [one.need_id for one in locked.promised() if one != turned]:
        raise Refused(_("Kebutuhan itu sudah ada dalam ikrar ini. Ubah jumlahnya di ringkasan."))
    turned.need, turned.region, turned.site, turned.is_offer = need, None, None, False
    turned.save(update_fields=["need", "region", "site", "is_offer"])
    return _save(locked, by)


def send(
    *, draft: PledgeDraft, by: User, organisation: Organisation, statement: str, version: str = ""
) -> Pledge:
    """Send the draft as a pledge of that organisation. Sent already: the pledge that it became.

    Raises what `submit` raises (`NeedFull`, `Refused`); the draft is kept as it was then.
    """
    promises: list[Promise] = []
    with refusing(promises):
        locked = _to_send(draft)
        if locked.pledge is not None:
            return locked.pledge
        promised = locked.promised()
        if any(one.quantity is None for one in promised):
            raise Refused(_("Tulis jumlahnya dulu."), field="quantity")
        promises += [_promise(locked, one) for one in promised]
        pledge = enter(
            collaborator=organisation,
            by=by,
            promises=promises,
            key=locked.key,
            may_be_named=locked.may_be_named,
            statement=statement,
            statement_version=version,
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


AIM = ("need", "aid_type", "region", "site", "is_offer", "quantity")


def _aim(
    need: Need | None, aid_type: AidType | None, region: Region | None, site: Site | None, is_offer: bool
) -> dict[str, Any]:
    """The fields that say what for whom; a need says all of it."""
    kind = need.aid_type if need else aid_type
    if kind is None:
        raise TypeError("what is promised without a need wants aid_type and region")
    if need is not None:
        return {"need": need, "aid_type": kind}
    return {"aid_type": kind, "region": region, "site": site, "is_offer": is_offer}


def _set(draft: PledgeDraft, by: User | None, line: Aimed, quantity: int) -> Aimed:
    if line == draft:
        draft.quantity = quantity
        return _save(draft, by, "quantity")
    line.quantity = quantity
    line.save(update_fields=["quantity"])
    _save(draft, by)
    return line


def _promise(draft: PledgeDraft, one: Aimed) -> Promise:
    """One quantity of the draft with the answers that hold for all of it."""
    return Promise(
        quantity=one.quantity or 0,
        need=one.need,
        aid_type=one.aid_type,
        region=one.region,
        site=one.site,
        is_offer=one.is_offer,
        route=draft.route,
        aggregator=draft.aggregator,
        source=draft.source,
        schedule=draft.schedule,
        repeat=RepeatWish(draft.repeat) if draft.repeat else None,
    )


def _locked(draft: PledgeDraft) -> PledgeDraft:
    """The draft alone is locked; its lines are read when they are asked for."""
    return draft_rows().select_for_update(of=("self",)).get(pk=draft.pk)


def _to_send(draft: PledgeDraft) -> PledgeDraft:
    """The draft, locked: as it was read where nobody has changed it since, for every change notes its time."""
    with connection.cursor() as cursor:
        cursor.execute(UNCHANGED, [draft.saved_at, draft.pk])
        unchanged = cursor.fetchone() == (True,)
    return draft if unchanged else _locked(draft)


def _open(draft: PledgeDraft) -> PledgeDraft:
    locked = _locked(draft)
    if locked.pledge_id is not None:
        raise NotNow("answer", "sent", _("Ikrar ini sudah terkirim dan tidak dapat diubah lagi dari sini."))
    return locked


def _save(draft: PledgeDraft, by: User | None, *fields: str) -> PledgeDraft:
    """Save those fields, and note when and by whom: from then on it opens for nobody else."""
    if draft.user_id is None:
        draft.user = by
    draft.saved_at = clock.now()
    draft.save(update_fields=[*fields, "user", "saved_at"])
    return draft
