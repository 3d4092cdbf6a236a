"""Loading outlines that someone drew: all that match, in one transaction."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from shapely import Geometry

from regions import codes
from regions.boundaries.dissolve import dissolve
from regions.boundaries.features import Feature
from regions.boundaries.gazette import Gazette
from regions.boundaries.matching import Finding, joined, match_features
from regions.codes import Level
from regions.gazetteer.tree import name_in_full, rw_name
from regions.models import Boundary, Region

from .boundaries import Outline, derive_boundaries, dissolve_up, store
from .locks import hold_tree

_OF_RW = " (gabungan RW)"


@transaction.atomic
def load_boundaries(
    features: Sequence[Feature], *, source: str, create: bool = False, dry_run: bool = False
) -> list[Finding]:
    """Match features to the tree and store the outlines of those that match. Returns all findings.

    `source` is shown with the outlines. `create` adds RW that the tree lacks, valid from today. Upper levels
    without an outline of their own are joined anew from those below, and approximate outlines, where there
    are any, are fitted around the new ones. In a dry run nothing is written.
    """
    hold_tree()
    gazette = Gazette(Region.objects.current().order_by("code"))
    findings = match_features(features, gazette, create=create)
    shapes = joined(findings)
    if dry_run or not shapes:
        return findings
    _create(sorted({finding.code for finding in findings if finding.creates}), gazette)
    outlines = {code: Outline(shape, source) for code, shape in shapes.items()}
    outlines |= _villages_of_rw(findings, outlines, source)
    store(outlines)
    for province in sorted({code[:2] for code in outlines}):
        if Boundary.objects.filter(region__in=Region.objects.within(province), is_approximate=True).exists():
            derive_boundaries(within=province)
        else:
            dissolve_up(province)
    return findings


def _create(missing: Sequence[str], gazette: Gazette) -> None:
    today = timezone.localdate()
    new = []
    for code in missing:
        name = rw_name(codes.rw_number(code))
        region = Region(code=code, parent_id=code[:-4], level=Level.RW.value, name=name, valid_from=today)
        name_in_full(region, gazette.regions)
        new.append(region)
    Region.objects.bulk_create(new)


def _villages_of_rw(
    findings: Sequence[Finding], outlines: dict[str, Outline], source: str
) -> dict[str, Outline]:
    """Outlines of villages whose RW the file draws: all that the file puts there, numbered or not.

    So a cemetery or a part with a doubtful number still belongs to its village. A village outline that was
    loaded as such is kept. Of a village of which somebody drew less than half of the RW, the rest lies beside
    them: they are no outline of it.
    """
    parts: dict[str, list[Geometry]] = defaultdict(list)
    drawn = _mostly_drawn({code for code in outlines if codes.level_of(code) is Level.RW})
    for finding in findings:
        if finding.village in drawn:
            parts[finding.village].append(finding.feature.shape)
    own = set(
        Boundary.objects.filter(region__in=parts, is_approximate=False, is_dissolved=False)
        .exclude(source__endswith=_OF_RW)
        .values_list("region_id", flat=True)
    )
    return {
        village: Outline(dissolve(shapes), source[:180] + _OF_RW)
        for village, shapes in sorted(parts.items())
        if village not in own and village not in outlines
    }


def _mostly_drawn(rw: set[str]) -> set[str]:
    """The villages of these RW of which at least half have an outline that somebody drew, with these."""
    villages = {code[:-4] for code in rw}
    current = Region.objects.current().filter(parent__in=villages, level=Level.RW)
    known = current.filter(boundary__is_approximate=False, boundary__is_dissolved=False)
    of_each = Counter(current.values_list("parent_id", flat=True))
    drawn = Counter(code[:-4] for code in rw | set(known.values_list("code", flat=True)))
    return {village for village in villages if 2 * drawn[village] >= of_each[village]}
