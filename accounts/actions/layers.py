"""Context layers of the map: loaded whole or not at all, replaced, taken off, brought back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.perform import perform
from accounts.errors import NotAllowed, NotNow, Refused
from accounts.models import KeptLayer, LayerMove, User
from accounts.once import hold_key
from accounts.roles import Permission
from accounts.scope import Place, Scope
from regions.actions.indicators import replace_values, take_facts
from regions.codes import Level
from regions.indicators import Series, written
from regions.models import Region


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became, or would become, of one layer: how many values, and how many it had before (None: new)."""

    code: str
    name: str
    values: int
    before: int | None
    source_before: str = ""


def keeps_all(user: User) -> bool:
    """Whether somebody administers every province here: a layer lies over all of the map."""
    scope = Scope.of(user)
    provinces = Region.objects.at_level(Level.PROVINCE).values_list("code", flat=True)
    places = [Place(region=code) for code in provinces]
    return bool(places) and all(scope.covers(Permission.LAYER_MANAGE, place) for place in places)


@transaction.atomic
def load(
    *,
    several: Sequence[Series],
    by: User | None,
    reason: str = "",
    seen: int | None = None,
    dry_run: bool = False,
    is_sample: bool = False,
) -> list[Loaded]:
    """Put the layers of a file (`several`, checked by `read_indicators`) on the map, in the place of those it names.

    One file at a time. `seen`: the newest row of the layers' journal that the sender knew of; what somebody else
    changed since is not replaced unseen (409), and the same file sent twice is loaded once.
    """
    _insist(by)
    hold_key("layers")
    known = KeptLayer.objects.select_for_update().in_bulk([series.code for series in several])
    done = [_told(series, known.get(series.code)) for series in several]
    if dry_run or _loaded_already(several, by, seen):
        return done
    replaced = [row.name for row in done if row.before is not None]
    if replaced and not reason.strip():
        raise Refused(_("Berkas ini mengganti %(names)s. Tuliskan alasannya.") % {"names": ", ".join(replaced)},
                      field="reason")  # fmt: skip
    for series in several:
        _load_one(series, known.get(series.code), by=by, reason=reason, is_sample=is_sample)
    return done


def remove(*, layer: KeptLayer, by: User | None, reason: str) -> KeptLayer:
    """Take a layer off the map and the regions' pages; its values stay, for `restore`."""
    return _move(layer, "remove", by=by, reason=reason)


def restore(*, layer: KeptLayer, by: User | None, reason: str) -> KeptLayer:
    """Bring a layer back with the values that it had."""
    return _move(layer, "restore", by=by, reason=reason)


def series_of(layer: KeptLayer) -> Series:
    """A layer as a file would give it, to keep a copy of before it is replaced."""
    facts = {
        name: getattr(layer, name)
        for name in ("name_id", "name_en", "unit_id", "unit_en", "source", "direction")
    }
    facts |= {"breaks": " ".join(f"{bound:g}" for bound in layer.breaks)}
    values = dict(layer.values.values_list("region_id", "value"))
    return Series(layer.pk, facts, layer.as_of, tuple(layer.breaks), values, layer.decimals)


def _insist(by: User | None) -> None:
    if by is not None and not keeps_all(by):
        raise NotAllowed


def _told(series: Series, before: KeptLayer | None) -> Loaded:
    name, count = series.facts["name_id"], len(series.values)
    if before is None:
        return Loaded(series.code, name, count, None)
    return Loaded(series.code, name, count, before.values.count(), f"{before.origin}, {before.as_of.year}")


def _loaded_already(several: Sequence[Series], by: User | None, seen: int | None) -> bool:
    """True for the same file by the same person again. Raises `NotNow` for what others changed since `seen`."""
    if seen is None or by is None:
        return False
    new = LayerMove.objects.filter(pk__gt=seen, subject__in=[series.code for series in several])
    moves = list(new.select_related("actor", "subject").order_by("pk"))
    if not moves:
        return False
    digests = {series.code: digest(series) for series in several}
    mine = {move.subject_id: move.data.get("digest") for move in moves if move.actor_id == by.pk}
    if len(mine) == len(moves) and mine == digests:
        return True
    last = moves[-1]
    said = {
        "name": last.subject.name,
        "who": last.actor.name if last.actor else last.acted_as,
        "what": last.done,
    }
    raise NotNow(last.verb, last.to_state,
                 _("%(name)s baru saja diubah oleh %(who)s (%(what)s), sejak halaman ini dibuka. Belum ada yang "
                   "dimuat dari berkas Anda. Periksa lapisan itu, lalu pilih lagi berkasnya.") % said)  # fmt: skip


def _load_one(
    series: Series, before: KeptLayer | None, *, by: User | None, reason: str, is_sample: bool
) -> None:
    layer = before or KeptLayer(code=series.code)
    old = _facts(layer, layer.values.count()) if before else None
    # What was invented stays so, however often it is downloaded and loaded again.
    is_sample = is_sample or bool(before and before.is_sample and before.source == series.facts["source"])
    if before is None:
        take_facts(layer, series, is_sample=is_sample)
    with perform(layer, "replace" if before else "load", by=by, reason=reason) as act:
        take_facts(act.subject, series, is_sample=is_sample)
        replace_values(act.subject, series)
        act.data |= _facts(act.subject, len(series.values)) | {"digest": digest(series)}
        if old:
            act.data["before"] = old


def digest(series: Series) -> str:
    """Tells two files' words for a layer apart."""
    return hashlib.blake2b(written(series).encode(), digest_size=12).hexdigest()


def _facts(layer: KeptLayer, count: int) -> dict[str, Any]:
    return {"source": layer.source, "as_of": layer.as_of.isoformat(), "values": count}


@transaction.atomic
def _move(layer: KeptLayer, verb: str, *, by: User | None, reason: str) -> KeptLayer:
    _insist(by)
    hold_key("layers")
    with perform(layer, verb, by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]
