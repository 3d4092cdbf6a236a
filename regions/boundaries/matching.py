"""Which region each feature of an outline file is: matched, or listed with the reason why not."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import shapely
from django.utils.translation import gettext as _
from shapely import Geometry, MultiPolygon, Polygon

from regions import codes
from regions.codes import Level
from regions.geometry import area_km2, distance_km

from .dissolve import SEAM, dissolve
from .features import Feature
from .gazette import Gazette
from .labels import Label, key, label_of

FAR_KM = 1.5  # plus twice the radius of the village: farther from its centre, a name alone proves nothing
MAIN_PART = 20  # times larger than all its other parts: clearly the RW itself, the others crumbs


class Status(StrEnum):
    MATCHED = "matched"
    UNMATCHED = "unmatched"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Finding:
    """What became of one feature. `village` is set whenever at least the village is known."""

    feature: Feature
    label: Label
    status: Status
    code: str = ""
    village: str = ""
    reason: str = ""
    creates: bool = False


def match_features(features: Sequence[Feature], gazette: Gazette, *, create: bool = False) -> list[Finding]:
    """One finding per feature, in their order. `create` also matches RW that the tree lacks."""
    findings = [_find(feature, gazette, create=create) for feature in features]
    groups: dict[str, list[int]] = defaultdict(list)
    for position, finding in enumerate(findings):
        if finding.status is Status.MATCHED and codes.level_of(finding.code) is Level.RW:
            groups[finding.code].append(position)
    for positions in groups.values():
        if len(positions) > 1:
            judged = _judge_repeats([findings[position] for position in positions])
            for position, finding in zip(positions, judged, strict=True):
                findings[position] = finding
    return findings


def joined(findings: Sequence[Finding]) -> dict[str, Polygon | MultiPolygon]:
    """The outline of each matched region: the union where several features are its parts."""
    parts: dict[str, list[Geometry]] = defaultdict(list)
    for finding in findings:
        if finding.status is Status.MATCHED:
            parts[finding.code].append(finding.feature.shape)
    return {
        code: shapes[0] if len(shapes) == 1 else dissolve(shapes) for code, shapes in sorted(parts.items())
    }


def _find(feature: Feature, gazette: Gazette, *, create: bool) -> Finding:
    label = label_of(feature.properties)
    finding = Finding(feature, label, Status.UNMATCHED)
    if feature.shape is None:
        return replace(finding, reason=feature.trouble)
    if label.codes:
        return _by_code(finding, gazette, create=create)
    if not label.village:
        return _by_upper_name(finding, gazette)
    finding = _in_village(finding, gazette)
    if not finding.village or not label.has_rw:
        return finding
    number = label.rw_number
    if number is None:
        reason = _("bukan RW bernomor: %(text)s") % {"text": label.rw or _("(kosong)")}
        return replace(finding, status=Status.UNMATCHED, code="", reason=reason)
    return _as_rw(finding, codes.rw_code(finding.village, number), gazette, create=create)


def _by_code(finding: Finding, gazette: Gazette, *, create: bool) -> Finding:
    *above, code = finding.label.codes
    if not all(codes.contains(outer, code) for outer in above):
        reason = _("kode-kodenya saling bertentangan: %(codes)s") % {"codes": ", ".join(finding.label.codes)}
        return replace(finding, status=Status.AMBIGUOUS, reason=reason)
    village = code[:13] if code.count(".") >= Level.VILLAGE.depth and code[:13] in gazette.regions else ""
    finding = replace(finding, village=village)
    if codes.level_of(code) is Level.VILLAGE and finding.label.rw_number is not None:
        code = codes.rw_code(code, finding.label.rw_number)
    if codes.level_of(code) is Level.RW:
        return _placed(_as_rw(finding, code, gazette, create=create), gazette)
    if code not in gazette.regions:
        return replace(finding, reason=_("kode %(code)s tidak ada di pohon wilayah") % {"code": code})
    return _placed(replace(finding, status=Status.MATCHED, code=code, reason=_("kode sama")), gazette)


def _by_upper_name(finding: Finding, gazette: Gazette) -> Finding:
    """Features without a village's name: a city, or nothing that can be told."""
    label = finding.label
    found = gazette.cities_named(label.city or label.name) if not label.district else []
    if len(found) == 1:
        return _placed(
            replace(finding, status=Status.MATCHED, code=found[0], reason=_("nama kota sama")), gazette
        )
    if label.has_undotted:
        reason = _("tanpa nama kelurahan, dan kode tanpa titik tidak dipakai karena bisa jadi kode BPS")
    else:
        reason = _("tidak ada kode Kemendagri maupun nama kelurahan")
    return replace(finding, reason=reason)


def _in_village(finding: Finding, gazette: Gazette) -> Finding:
    """Settle the village by its name, confirmed by its place."""
    label = finding.label
    if label.city and not gazette.cities_named(label.city):
        return replace(finding, reason=_("kota %(name)s tidak ada di pohon wilayah") % {"name": label.city})
    found, is_own_name = gazette.villages_named(label)
    if not found:
        reason = _("tidak ada kelurahan bernama %(name)s di sana") % {"name": label.village}
        return replace(finding, reason=reason)
    near = [code for code in found if not _is_far(finding.feature, code, gazette)]
    if len(near) > 1:
        names = ", ".join(f"{gazette.regions[code].name} {code}" for code in near)
        return replace(
            finding, status=Status.AMBIGUOUS, reason=_("bisa berarti %(names)s") % {"names": names}
        )
    if not near:
        return replace(finding, reason=_far_reason(finding.feature, found[0], gazette))
    name = gazette.regions[near[0]].name
    if not is_own_name:
        reason = _("ejaan mirip %(name)s, dan letaknya cocok") % {"name": name}
    elif name != label.village:
        reason = _("ejaan lain dari %(name)s") % {"name": name}
    else:
        reason = _("nama sama")
    return replace(finding, status=Status.MATCHED, code=near[0], village=near[0], reason=reason)


def _as_rw(finding: Finding, code: str, gazette: Gazette, *, create: bool) -> Finding:
    """The finding for an RW of a known village: in the tree, to be created, or missing there."""
    if code in gazette.regions:
        return replace(finding, status=Status.MATCHED, code=code, reason=finding.reason or _("kode sama"))
    village = code[:-4]
    if village not in gazette.regions:
        reason = _("kode %(code)s tidak ada di pohon wilayah") % {"code": village}
        return replace(finding, status=Status.UNMATCHED, code="", reason=reason)
    if create:
        reason = _("RW baru, ditambahkan ke pohon wilayah")
        return replace(finding, status=Status.MATCHED, code=code, reason=reason, creates=True)
    reason = _(
        "pohon wilayah hanya punya RW sampai %(highest)s di %(village)s; tambahkan dengan --create"
    ) % {
        "highest": f"{gazette.highest_rw[village]:02}",
        "village": gazette.regions[village].name,
    }
    return replace(finding, status=Status.UNMATCHED, code="", reason=reason)


def _placed(finding: Finding, gazette: Gazette) -> Finding:
    """A match by code whose outline lies elsewhere is no match, unless the name is the same too.

    Such codes mean something else; but islands may lie far from the centre of their village.
    """
    code = finding.village or finding.code
    if finding.status is not Status.MATCHED or code.count(".") != Level.VILLAGE.depth:
        return finding
    is_named = key(finding.label.village or finding.label.name) == key(gazette.regions[code].name)
    if not is_named and _is_far(finding.feature, code, gazette):
        reason = _far_reason(finding.feature, code, gazette)
        return replace(finding, status=Status.UNMATCHED, code="", village="", reason=reason)
    return finding


def _is_far(feature: Feature, code: str, gazette: Gazette) -> bool:
    distance = _distance(feature, code, gazette)
    area = gazette.regions[code].area_km2 or 1.0
    return distance is not None and distance > FAR_KM + 2 * math.sqrt(area / math.pi)


def _distance(feature: Feature, code: str, gazette: Gazette) -> float | None:
    """Km from the outline to the region's centre, 0 inside; None while the centre is not known."""
    region = gazette.regions[code]
    if region.latitude is None or region.longitude is None or feature.shape is None:
        return None
    centre = shapely.Point(region.longitude, region.latitude)
    near = shapely.get_coordinates(shapely.shortest_line(feature.shape, centre))[0]
    return distance_km(near[1], near[0], region.latitude, region.longitude)


def _far_reason(feature: Feature, code: str, gazette: Gazette) -> str:
    return _("cocok dengan %(name)s %(code)s, tetapi terletak %(distance).1f km dari sana") % {
        "name": gazette.regions[code].name,
        "code": code,
        "distance": _distance(feature, code, gazette) or 0,
    }


def _judge_repeats(findings: Sequence[Finding]) -> list[Finding]:
    """Several features with one RW number: parts of one RW when they touch, else a question for people.

    Among parts that lie apart, one that is far larger than all others is taken to be the RW; the crumbs are
    listed. Where no part stands out, the number may be a slip for another RW, and none is taken.
    """
    clusters = _clusters(findings)
    if len(clusters) == 1:
        reason = _("%(count)s bagian yang berdampingan, digabung") % {"count": len(findings)}
        return [replace(finding, reason=reason) for finding in findings]
    areas = [sum(area_km2(findings[place].feature.shape) for place in cluster) for cluster in clusters]
    largest = max(range(len(clusters)), key=areas.__getitem__)
    stands_out = areas[largest] >= MAIN_PART * (sum(areas) - areas[largest])
    judged = list(findings)
    for number, cluster in enumerate(clusters):
        if stands_out and number == largest:
            continue
        if stands_out:
            reason = _("serpihan %(area)d m² yang terpisah dari RW bernomor sama") % {
                "area": areas[number] * 1e6
            }
        else:
            reason = _("nomor RW ini dipakai %(count)s bagian yang terpisah") % {"count": len(clusters)}
        for place in cluster:
            judged[place] = replace(
                findings[place], status=Status.AMBIGUOUS, code="", reason=reason, creates=False
            )
    return judged


def _clusters(findings: Sequence[Finding]) -> list[list[int]]:
    """Positions of features that touch each other, directly or through others."""
    clusters: list[list[int]] = []
    for position, finding in enumerate(findings):
        touching = [
            cluster
            for cluster in clusters
            if any(
                shapely.dwithin(finding.feature.shape, findings[other].feature.shape, SEAM)
                for other in cluster
            )
        ]
        clusters = [cluster for cluster in clusters if cluster not in touching]
        clusters.append([other for cluster in touching for other in cluster] + [position])
    return clusters
