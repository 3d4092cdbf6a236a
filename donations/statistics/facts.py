"""What the rows of one city say, grouped as finely as the published measures need. Reads, never writes.

Four queries, each one pass over its table. Values are multiplied and rolled up in Python, where a whole
number has no largest value.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from donations.handovers.states import IN_FORCE, HandoverState
from donations.pledges.states import COMMITTED, AllocationState
from donations.statistics.definitions import OPEN, RW
from programs.states import NeedState
from regions.codes import Level, level_of

# Length of an RW's code: province, city, district, village and number.
RW_LENGTH = len("31.74.01.1001.003")


class Allocated(NamedTuple):
    """Reserved allocations to needs of the city, by what they have in common."""

    program: str
    aid_type: str
    is_money: bool
    collaborator_kind: str
    recipient_kind: str
    unit_value: int | None
    allocated: int
    delivered: int
    verified: int


class Promised(NamedTuple):
    """Accepted commitments that aim at the city: how many, and how much no need has yet."""

    program: str
    aid_type: str
    is_money: bool
    collaborator: int
    collaborator_kind: str
    recipient_kind: str
    unit_value: int | None
    commitments: int
    unallocated: int


class Needed(NamedTuple):
    """Published needs of one recipient region."""

    program: str
    aid_type: str
    region: str
    recipient_kind: str
    people_kind: str
    unit_value: int | None
    needs: int
    target: int
    covered: int
    verified: int
    people_reached: int


class Arrived(NamedTuple):
    """What reports in force counted as received good, by month of arrival ("2026-11")."""

    program: str
    aid_type: str
    month: str
    delivered: int
    verified: int


class Reported(NamedTuple):
    """Reports in force."""

    program: str
    verified: int
    waiting: int


@dataclass(frozen=True)
class Facts:
    allocated: list[Allocated]
    promised: list[Promised]
    needed: list[Needed]
    arrived: list[Arrived]
    reported: list[Reported]


ALLOCATED = """
SELECT t.program_id, t.code, t.kind = 'money', f.collaborator_kind, f.recipient_kind, f.unit_value,
       f.allocated, f.delivered, f.verified
FROM (
    SELECT c.aid_type_id, o.collaborator_kind, COALESCE(s.kind, %(rw)s) AS recipient_kind, c.unit_value,
           SUM(a.quantity - a.released) AS allocated, SUM(a.received) AS delivered, SUM(a.verified) AS verified
    FROM donations_allocation a
    JOIN programs_need n ON n.id = a.need_id
    LEFT JOIN regions_site s ON s.id = n.site_id
    JOIN donations_commitment c ON c.id = a.commitment_id
    JOIN donations_pledge p ON p.id = c.pledge_id
    JOIN accounts_organisation o ON o.id = p.collaborator_id
    WHERE a.state = %(reserved)s AND {needs}
    GROUP BY 1, 2, 3, 4
) f JOIN programs_aidtype t ON t.id = f.aid_type_id
"""

PROMISED = """
SELECT t.program_id, t.code, t.kind = 'money', f.collaborator_id, o.collaborator_kind, f.recipient_kind,
       f.unit_value, f.commitments, f.unallocated
FROM (
    SELECT c.aid_type_id, p.collaborator_id, c.unit_value,
           CASE WHEN s.id IS NOT NULL THEN s.kind
                WHEN LENGTH(c.region_id) >= %(rw_length)s THEN %(rw)s ELSE %(open)s END AS recipient_kind,
           COUNT(*) AS commitments, SUM(c.quantity - c.cancelled - c.reserved) AS unallocated
    FROM donations_commitment c
    JOIN donations_pledge p ON p.id = c.pledge_id
    LEFT JOIN regions_site s ON s.id = c.site_id
    WHERE c.state = ANY(%(committed)s) AND {commitments}
    GROUP BY 1, 2, 3, 4
) f
JOIN programs_aidtype t ON t.id = f.aid_type_id
JOIN accounts_organisation o ON o.id = f.collaborator_id
"""

NEEDED = """
SELECT n.program_id, t.code, n.region_id, COALESCE(s.kind, %(rw)s), n.people_kind, n.unit_value,
       COUNT(*),
       SUM(CASE WHEN n.state = %(closed)s THEN n.reserved ELSE n.target END),
       SUM(LEAST(n.received, n.target)), SUM(n.verified),
       SUM(TRUNC(n.people::numeric * LEAST(n.received, n.target) / n.target))
FROM programs_need n
JOIN programs_aidtype t ON t.id = n.aid_type_id
LEFT JOIN regions_site s ON s.id = n.site_id
WHERE n.published_at IS NOT NULL AND {needs}
GROUP BY 1, 2, 3, 4, 5, 6
"""

ARRIVED = """
SELECT t.program_id, t.code, TO_CHAR(f.month, 'YYYY-MM'), f.good, f.verified
FROM (
    SELECT n.aid_type_id, DATE_TRUNC('month', h.arrived_at AT TIME ZONE 'Asia/Jakarta') AS month,
           SUM(l.good) AS good, COALESCE(SUM(l.good) FILTER (WHERE h.state = %(verified)s), 0) AS verified
    FROM donations_handover h
    JOIN donations_delivery d ON d.id = h.delivery_id
    JOIN donations_handoverline l ON l.handover_id = h.id
    JOIN donations_deliveryline dl ON dl.id = l.delivery_line_id
    JOIN donations_allocation a ON a.id = dl.allocation_id
    JOIN programs_need n ON n.id = a.need_id
    WHERE h.state = ANY(%(in_force)s) AND {deliveries}
    GROUP BY 1, 2
) f
JOIN programs_aidtype t ON t.id = f.aid_type_id
"""

REPORTED = """
SELECT d.program_id, COUNT(*) FILTER (WHERE h.state = %(verified)s),
       COUNT(*) FILTER (WHERE h.state <> %(verified)s)
FROM donations_handover h JOIN donations_delivery d ON d.id = h.delivery_id
WHERE h.state = ANY(%(in_force)s) AND {deliveries}
GROUP BY 1
"""


def facts_of(city_code: str) -> Facts:
    """The facts of a city; of a province those of what is placed in no city; of "" nothing."""
    if not city_code:
        return Facts([], [], [], [], [])
    parameters = _parameters(city_code)
    with connection.cursor() as cursor:
        if level_of(city_code) == Level.PROVINCE:
            # Needs, and so allocations and deliveries, always lie in a city.
            return Facts([], _rows(cursor, PROMISED, Promised, parameters, exact=True), [], [], [])
        return Facts(
            _rows(cursor, ALLOCATED, Allocated, parameters),
            _rows(cursor, PROMISED, Promised, parameters),
            _rows(cursor, NEEDED, Needed, parameters),
            _rows(cursor, ARRIVED, Arrived, parameters),
            _rows(cursor, REPORTED, Reported, parameters),
        )


def facts_of_province(code: str) -> Facts:
    """Commitments and needs of the whole province: for what does not add up from its cities."""
    parameters = _parameters(code)
    with connection.cursor() as cursor:
        return Facts(
            [],
            _rows(cursor, PROMISED, Promised, parameters),
            _rows(cursor, NEEDED, Needed, parameters),
            [],
            [],
        )


def _parameters(code: str) -> dict[str, Any]:
    return {
        "code": code,
        "inside": f"{code}.%",
        "rw": RW,
        "open": OPEN,
        "rw_length": RW_LENGTH,
        "reserved": AllocationState.RESERVED.value,
        "closed": NeedState.CLOSED.value,
        "verified": HandoverState.VERIFIED.value,
        "committed": [state.value for state in COMMITTED],
        "in_force": [state.value for state in IN_FORCE],
    }


def _rows(
    cursor: Any, query: str, kind: Any, parameters: dict[str, Any], *, exact: bool = False
) -> list[Any]:
    wheres = {
        name: f"{column} = %(code)s" if exact else f"({column} = %(code)s OR {column} LIKE %(inside)s)"
        for name, column in (
            ("needs", "n.region_id"), ("commitments", "c.region_id"), ("deliveries", "d.region_id"),
        )
    }  # fmt: skip
    cursor.execute(query.format(**wheres), parameters)
    return [kind(*map(_whole, row)) for row in cursor.fetchall()]


def _whole(value: Any) -> Any:
    """PostgreSQL sums whole numbers as numeric."""
    if value is None or isinstance(value, str | bool | int):
        return value
    return int(value)
