from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import authorise, perform
from accounts.errors import Refused
from accounts.models import User
from accounts.once import made_with
from programs.models import AidType, Need
from regions.actions import mark_stale
from regions.models import Site
from regions.notation import number

# What an assessor may write in a draft; the rest is set by verbs or counted by the database.
DRAFT_FIELDS = (
    "program", "aid_type", "region", "site", "target", "people", "people_kind", "unit_value", "reason",
    "handover_place", "priority", "deadline",
)  # fmt: skip
REVISABLE_FIELDS = ("target", "people", "reason", "priority", "deadline", "handover_place")


@transaction.atomic
def draft(*, by: User | None, key: str = "", **fields: Any) -> Need:
    """Write a need down without showing it to the public. `fields`: those of `DRAFT_FIELDS`.

    `key` (of the form) makes it safe to send twice: the same key by the same person is the same need.
    """
    if made := made_with(Need.objects.all(), "draft", key=key, by=by):
        return made
    need = Need(created_at=clock.now())
    _fill(need, fields)
    with perform(need, "draft", by=by) as act:
        if key:
            act.data["key"] = key
    return need


def edit(*, need: Need, by: User | None, **fields: Any) -> Need:
    """Change a draft."""
    with perform(need, "edit", by=by) as act:
        # The place is checked again: a draft may not be moved out of one's own area.
        _fill(act.subject, fields)
        authorise(by, Need.VERBS["edit"], act.subject)
    return act.subject


def publish(*, need: Need, by: User | None) -> Need:
    """Show the need to everyone and let pledges come in. The deadline must not be past."""
    with perform(need, "publish", by=by) as act:
        if act.subject.deadline < clock.today():
            raise Refused(_("Batas waktunya sudah lewat. Pilih tanggal mulai hari ini."), field="deadline")
        act.subject.published_at = act.subject.published_at or clock.now()
        _mark(act.subject)
    return act.subject


def revise(*, need: Need, by: User | None, reason: str, changes: dict[str, Any]) -> Need:
    """Change target, people, reason, priority, deadline or place of a published need, and say why.

    The target cannot go below what is held or reserved. The journal keeps old and new values.
    """
    unknown = set(changes) - set(REVISABLE_FIELDS)
    if unknown:
        raise TypeError(f"cannot be revised: {sorted(unknown)}")
    with perform(need, "revise", by=by, reason=reason) as act:
        subject = act.subject
        if "target" in changes and changes["target"] < subject.held + subject.reserved:
            raise Refused(
                _("Target tidak bisa di bawah %(quantity)s yang sudah ditahan atau dialokasikan.")
                % {"quantity": subject.held + subject.reserved},
                field="target",
            )
        _check_target(changes.get("target", subject.target), subject.aid_type)
        for name, value in changes.items():
            old = getattr(subject, name)
            if old != value:
                act.data[name] = [_plain(old), _plain(value)]
                setattr(subject, name, value)
        _mark(subject)
    return act.subject


def pause(*, need: Need, by: User | None, reason: str) -> Need:
    """Take no new pledges for now; what is held or reserved goes on."""
    return _simple(need, "pause", by, reason)


def resume(*, need: Need, by: User | None) -> Need:
    """Take pledges again."""
    return _simple(need, "resume", by)


def close(*, need: Need, by: User | None, reason: str) -> Need:
    """End the need. Pledges, and what the recipient asks, must be answered first."""
    with perform(need, "close", by=by, reason=reason) as act:
        if act.subject.held:
            raise Refused(_("Masih ada ikrar yang menunggu jawaban. Jawab dulu, lalu tutup kebutuhan ini."))
        if act.subject.adjustments.open().exists():
            raise Refused(_("Masih ada permintaan penerima yang menunggu jawaban. Jawab dulu, lalu tutup."))
        _mark(act.subject)
    return act.subject


def reopen(*, need: Need, by: User | None, reason: str) -> Need:
    """Bring a closed need back, paused, so that it can be revised before it is resumed."""
    with perform(need, "reopen", by=by, reason=reason) as act:
        act.subject.published_at = act.subject.published_at or clock.now()
        _mark(act.subject)
    return act.subject


def _simple(need: Need, verb: str, by: User | None, reason: str = "") -> Need:
    with perform(need, verb, by=by, reason=reason) as act:
        _mark(act.subject)
    return act.subject


def _fill(need: Need, fields: dict[str, Any]) -> None:
    unknown = set(fields) - set(DRAFT_FIELDS)
    if unknown:
        raise TypeError(f"not a field of a draft: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(need, name, value)
    _check_target(need.target, need.aid_type)
    if need.aid_type.program_id != need.program_id:
        raise Refused(_("Bentuk bantuan ini bukan bagian dari program itu."), field="aid_type")
    if need.site is not None:
        need.region = need.site.region
    elif need.region.level != "rw":
        raise Refused(
            _(
                "Penerima adalah satu RW atau satu lembaga. Untuk kelurahan atau kota, pilih kantor yang menerima."
            ),
            field="region",
        )
    if need.unit_value is None:
        need.unit_value = need.aid_type.guide_value


def _check_target(target: int, aid_type: AidType) -> None:
    if not 0 < target <= aid_type.most:
        raise Refused(
            _("Tulis target antara 1 dan %(most)s %(unit)s. Periksa nolnya.")
            % {"most": number(aid_type.most), "unit": aid_type.unit_name},
            field="target",
        )


def _mark(need: Need) -> None:
    mark_stale(need.region.city_code)


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) or value is None else str(value)


def follow_site(site: Site) -> None:
    """The needs of a site lie where it lies: with its corrected place the officials of that place see them."""
    Need.objects.filter(site=site.pk).update(region=site.region_id)
