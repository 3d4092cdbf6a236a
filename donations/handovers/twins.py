"""Photos of other reports that are, or look like, those of one report: one query, however many photos there are.

A phone makes a photo small before it sends it, each its own way, and says what the picture was before: so the same
picture is known again that another phone made small, or that was sent as it is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from donations.handovers.likeness import ALIKE, BAND_MASK, BANDS, BITS, FLIPS
from donations.handovers.models import HandoverPhoto

# So many are enough to say that a picture has been around.
MOST = 300


@dataclass(frozen=True, slots=True)
class Match:
    """`photo` and `code` are the other's; `different`: bits of 64, None for the very same picture; `is_gone`: only an
    older version of the other report showed it."""

    photo: int
    handover: int
    number: str
    code: str
    different: int | None
    is_gone: bool = False


# Each band is compared by an index of its own (models.HandoverPhoto) with seventeen values for each photo, so that what
# is read grows with what looks alike by chance in sixteen bits, not with what there is. They are lists of values, and not
# a join, so that the planner knows how few they are.
_BAND = "SELECT id, handover_id, sha256, original_sha256, likeness, removed_at FROM donations_handoverphoto WHERE {where}"
_CANDIDATES = " UNION ".join(
    _BAND.format(where=where)
    for where in (
        "sha256 = ANY(%(known)s)",
        "original_sha256 <> '' AND original_sha256 = ANY(%(known)s)",
        *(
            f"likeness IS NOT NULL AND ((likeness >> {shift}) & {BAND_MASK}) = ANY(%(band_{shift})s)"
            for shift in BANDS
        ),
    )
)
_SAME = """(p.sha256 IN (own.sha256, own.original)
    OR p.original_sha256 <> '' AND p.original_sha256 IN (own.sha256, own.original))"""
_ASK = f"""
WITH candidate AS MATERIALIZED ({_CANDIDATES})
SELECT own.id, p.id, h.id, h.number, h.code,
CASE WHEN NOT {_SAME} THEN bit_count((own.likeness # p.likeness)::bit(64)) END AS different,
p.removed_at IS NOT NULL
FROM unnest(%(photos)s::bigint[], %(files)s::text[], %(originals)s::text[], %(likenesses)s::bigint[])
    own(id, sha256, original, likeness)
JOIN candidate p ON {_SAME} OR bit_count((own.likeness # p.likeness)::bit(64)) <= {ALIKE}
JOIN donations_handover h ON h.id = p.handover_id
WHERE h.id <> %(handover)s AND h.submitted_at IS NOT NULL
ORDER BY different NULLS FIRST, h.id LIMIT {MOST}
"""  # noqa: S608 numbers of our own


def matches_of(handover: int, photos: Iterable[HandoverPhoto]) -> dict[int, list[Match]]:
    """Photo's primary key → what fits it in other reports that were handed in, the same picture and the nearest first."""
    own = list(photos)
    known = [photo.likeness & (1 << BITS) - 1 for photo in own if photo.likeness is not None]
    bands = {
        f"band_{shift}": sorted({(value >> shift & BAND_MASK) ^ flip for value in known for flip in FLIPS})
        for shift in BANDS
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASK, {
            "handover": handover,
            "photos": [photo.pk for photo in own],
            "files": [photo.sha256 for photo in own],
            "originals": [photo.original_sha256 for photo in own],
            "known": [sha for photo in own for sha in (photo.sha256, photo.original_sha256) if sha],
            "likenesses": [photo.likeness for photo in own],
            **bands,
        })  # fmt: skip
        found = cursor.fetchall()
    matches: dict[int, list[Match]] = defaultdict(list)
    for mine, *other in found:
        matches[mine].append(Match(*other))
    return dict(matches)
