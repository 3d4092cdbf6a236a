"""Photos of other reports that are, or look like, those of one report: one query, however many photos there are."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from donations.handovers.likeness import ALIKE, BAND_MASK, BANDS, FLIPS

# So many are enough to say that a picture has been around.
MOST = 300


@dataclass(frozen=True, slots=True)
class Match:
    """`photo` and `code` are the other's; `different`: bits of 64, None for the very same file."""

    photo: int
    handover: int
    number: str
    code: str
    different: int | None


# Each band is compared by an index of its own (models.HandoverPhoto), and each photo's with seventeen values, so that
# what is read does not grow with what there is, but for pictures that many bands fit by chance.
_BAND = """
SELECT own.id, p.id, bit_count((own.likeness # p.likeness)::bit(64))
FROM own CROSS JOIN unnest(%(flips)s::bigint[]) flip
JOIN donations_handoverphoto p ON p.likeness IS NOT NULL
AND ((p.likeness >> {shift}) & {mask}) = (((own.likeness >> {shift}) & {mask}) # flip)
WHERE p.sha256 <> own.sha256 AND p.handover_id <> %(handover)s
AND bit_count((own.likeness # p.likeness)::bit(64)) <= {alike}
"""
_ALIKE = " UNION ".join(_BAND.format(shift=shift, mask=BAND_MASK, alike=ALIKE) for shift in BANDS)
_ASK = f"""
WITH own AS MATERIALIZED (
SELECT id, sha256, likeness FROM donations_handoverphoto WHERE handover_id = %(handover)s AND removed_at IS NULL
), found(own, other, different) AS (
SELECT own.id, p.id, NULL::bigint FROM own JOIN donations_handoverphoto p USING (sha256)
WHERE p.handover_id <> %(handover)s
UNION ALL ({_ALIKE})
)
SELECT found.own, p.id, h.id, h.number, h.code, found.different
FROM found JOIN donations_handoverphoto p ON p.id = found.other JOIN donations_handover h ON h.id = p.handover_id
WHERE h.submitted_at IS NOT NULL
ORDER BY found.different NULLS FIRST, h.id LIMIT {MOST}
"""  # noqa: S608 numbers of our own


def matches_of(handover: int) -> dict[int, list[Match]]:
    """Photo's primary key → what fits it in reports that were handed in, the same file and the nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK, {"handover": handover, "flips": list(FLIPS)})
        found = cursor.fetchall()
    matches: dict[int, list[Match]] = defaultdict(list)
    for own, photo, other, number, code, different in found:
        matches[own].append(Match(photo, other, number, code, different))
    return dict(matches)
