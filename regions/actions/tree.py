"""Bringing the tree into the state that a gazetteer describes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from regions import codes
from regions.gazetteer import Row, grow
from regions.gazetteer.tree import measure_upper, name_in_full
from regions.models import Region
from regions.public_version import bump_public_version

from .locks import hold_tree
from .marks import mark_stale

_BATCH = 2_000
_NAMES = ("name", "official_name", "full_name", "search_name", "search_path")
_MEASURES = ("latitude", "longitude", "area_km2", "population", "population_source", "valid_from")


@dataclass
class Change:
    """What loading a gazetteer did, or in a dry run would do."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    remarks: list[str] = field(default_factory=list)


def load_tree(rows: Sequence[Row], *, dry_run: bool = False) -> Change:
    """Create and update regions from checked rows, all in one transaction.

    Nothing is ever deleted and codes never change; what the rows leave empty keeps its value. RW above a
    row's count stay and are remarked on. Raises ValueError for a region that has ended.
    """
    change = Change()
    with transaction.atomic():
        hold_tree()
        tree = grow(rows)
        known = _known(tree)
        _forbid_ended(known, tree)
        measure_upper(tree, known)
        for code, region in tree.items():
            before = known.get(code)
            if before is None:
                change.created.append(code)
            elif _take_over(before, region):
                change.updated.append(code)
            else:
                change.unchanged += 1
        _rename_below(known, tree, change)
        change.remarks += _uncounted(rows, known)
        if not dry_run:
            new = [tree[code] for code in change.created]
            Region.objects.bulk_create(sorted(new, key=lambda region: len(region.code)), _BATCH)
            _save([known[code] for code in change.updated])
            _tell(change.created + change.updated)
    return change


def _tell(changed: list[str]) -> None:
    """People and RW are wholes that published figures are shares of: pages and statistics follow."""
    if changed:
        mark_stale(*{codes.city_of(code) for code in changed})
        bump_public_version()


def _known(tree: dict[str, Region]) -> dict[str, Region]:
    """The stored regions of all provinces that the new tree touches, by code."""
    provinces = {code[:2] for code in tree}
    known: dict[str, Region] = {}
    for province in sorted(provinces):
        known |= {region.code: region for region in Region.objects.within(province).order_by("code")}
    return known


def _forbid_ended(known: dict[str, Region], tree: dict[str, Region]) -> None:
    ended = [code for code in tree if code in known and known[code].valid_until is not None]
    if ended:
        raise ValueError(
            _("Wilayah ini sudah berakhir dan tidak dapat dimuat lagi: %(codes)s. Pakai kode penggantinya.")
            % {"codes": ", ".join(ended[:20])}
        )


def _take_over(before: Region, after: Region) -> bool:
    """Write what `after` knows onto `before`; whether anything differed."""
    changed = False
    for name in _NAMES + _MEASURES:
        value = getattr(after, name)
        if value in (None, "") or value == getattr(before, name):
            continue
        setattr(before, name, value)
        changed = True
    if before.is_provisional and not after.is_provisional and before.level == "rw":
        before.is_provisional = False
        changed = True
    return changed


def _rename_below(known: dict[str, Region], tree: dict[str, Region], change: Change) -> None:
    """Regions the file does not name carry the names above them: follow a renamed village or city."""
    renamed = {code for code in change.updated if known[code].level != "rw"}
    if not renamed:
        return
    for code, region in known.items():
        if code in tree or not renamed.intersection(codes.ancestors_of(code)):
            continue
        before = [getattr(region, name) for name in _NAMES]
        name_in_full(region, known)
        if before != [getattr(region, name) for name in _NAMES]:
            change.updated.append(code)


def _uncounted(rows: Iterable[Row], known: dict[str, Region]) -> list[str]:
    """Villages whose tree has more RW than their row counts."""
    highest: dict[str, int] = {}
    for code in known:
        if code.count(".") == 4:
            village, number = code[:-4], int(code[-3:])
            highest[village] = max(number, highest.get(village, 0))
    return [
        _(
            "%(name)s (%(code)s): berkas menyebut %(count)s RW, "
            "pohon wilayah punya sampai RW %(highest)s; dibiarkan."
        )
        % {"name": row.name, "code": row.code, "count": row.rw_count, "highest": highest[row.code]}
        for row in rows
        if row.rw_count is not None and highest.get(row.code, 0) > row.rw_count
    ]


def _save(regions: list[Region]) -> None:
    fields = [*_NAMES, *_MEASURES, "is_provisional"]
    for start in range(0, len(regions), _BATCH):
        # An upsert takes one statement a batch; bulk_update would build a CASE of every cell.
        Region.objects.bulk_create(
            regions[start : start + _BATCH],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=fields,
        )
