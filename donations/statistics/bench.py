"""How long a city's recompute takes beside the plainest aggregate by the same dimensions: kinds, district, months."""

import statistics
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import CollaboratorKind, Organisation
from donations.pledges.models import Allocation, Commitment, Pledge
from donations.statistics.actions import recompute
from donations.statistics.models import StatisticRow
from programs.models import AidType, Need, Program
from regions.benchmarks import Measurement, benchmark
from regions.codes import Level, rw_code
from regions.models import Region

CITY, ROUNDS = "31.74", 3
ALLOCATIONS, COMMITMENTS, PLEDGES, NEEDS, GIVERS, RW = 1_000_000, 200_000, 150_000, 20_000, 1_000, 570

DISTRICTS = 10

# The same without district and months.
PLAINEST = """
SELECT n.program_id, n.aid_type_id, o.collaborator_kind, COALESCE(s.kind, 'rw'), COUNT(*),
       SUM(a.quantity - a.released), SUM((a.quantity - a.released) * c.unit_value),
       SUM(a.received), SUM(a.received * c.unit_value), SUM(a.verified), SUM(a.verified * c.unit_value)
FROM donations_allocation a
JOIN programs_need n ON n.id = a.need_id
LEFT JOIN regions_site s ON s.id = n.site_id
JOIN donations_commitment c ON c.id = a.commitment_id
JOIN donations_pledge p ON p.id = c.pledge_id
JOIN accounts_organisation o ON o.id = p.collaborator_id
WHERE a.state = 'reserved' AND (n.region_id = %s OR n.region_id LIKE %s)
GROUP BY 1, 2, 3, 4
"""
PLAIN = """
SELECT n.program_id, n.aid_type_id, o.collaborator_kind, COALESCE(s.kind, 'rw'), LEFT(n.region_id, 8),
       DATE_TRUNC('month', c.accepted_at AT TIME ZONE 'Asia/Jakarta'),
       DATE_TRUNC('month', GREATEST(a.created_at, c.accepted_at) AT TIME ZONE 'Asia/Jakarta'), COUNT(*),
       SUM(a.quantity - a.released), SUM((a.quantity - a.released) * c.unit_value),
       SUM(a.received), SUM(a.received * c.unit_value), SUM(a.verified), SUM(a.verified * c.unit_value)
FROM donations_allocation a
JOIN programs_need n ON n.id = a.need_id
LEFT JOIN regions_site s ON s.id = n.site_id
JOIN donations_commitment c ON c.id = a.commitment_id
JOIN donations_pledge p ON p.id = c.pledge_id
JOIN accounts_organisation o ON o.id = p.collaborator_id
WHERE a.state = 'reserved' AND (n.region_id = %s OR n.region_id LIKE %s)
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


@benchmark("recompute_city", unit="s", at_most=1.5)
def recompute_city() -> Measurement:
    """Ours: marks, lock, every published measure, the rows that differ. Baseline: one SELECT."""
    fill()
    recompute(CITY)
    delivered = StatisticRow.objects.filter(city_code=CITY, measure="delivered", dimension="aid_type")
    if sum(delivered.values_list("value", flat=True)) != 6 * ALLOCATIONS:
        raise AssertionError("the recompute lost allocations")
    ours, baseline, plainest = [], [], []
    for _ in range(ROUNDS):
        plainest.append(_seconds(lambda: _ask(PLAINEST)))
        baseline.append(_seconds(lambda: _ask(PLAIN)))
        ours.append(_seconds(lambda: recompute(CITY)))
    print(f"  {statistics.median(ours) / statistics.median(plainest):.2f} of one by the kinds alone")  # noqa: T201
    return Measurement(ours=statistics.median(ours), baseline=statistics.median(baseline))


def _few() -> dict[str, int]:
    """A city of ten districts with their RW, a program with four aid types, and those who give: by the models."""
    _place("31", None, Level.PROVINCE)
    _place(CITY, "31", Level.CITY)
    for n in range(1, DISTRICTS + 1):
        district = f"{CITY}.{n:02d}"
        _place(district, CITY, Level.DISTRICT)
        _place(f"{district}.1001", district, Level.VILLAGE)
        for number in range(1, RW // DISTRICTS + 1):
            _place(rw_code(f"{district}.1001", number), f"{district}.1001", Level.RW)
    program = Program.objects.create(code="pangan", name="Pangan", lead_agency="-", region_id="31")
    aid_types = AidType.objects.bulk_create(
        AidType(program=program, code=f"bentuk-{n}", name="-", unit="-", guide_value=1000 * n)
        for n in range(1, 5)
    )
    kinds = CollaboratorKind.values
    givers = Organisation.objects.bulk_create(
        Organisation(name=f"Pemberi {n}", collaborator_kind=kinds[n % len(kinds)]) for n in range(GIVERS)
    )
    return {"first_aid": aid_types[0].pk, "first_giver": givers[0].pk}


def _place(code: str, parent: str | None, level: Level) -> None:
    Region.objects.create(code=code, parent_id=parent, level=level, name=code, official_name=code)


def fill() -> None:
    """Rows made in bulk, without triggers and verbs: what is measured only reads them."""
    with transaction.atomic(), connection.cursor() as cursor:
        few = _few()
        cursor.execute("SET LOCAL session_replication_role = replica")
        rw = (
            f"'{CITY}.' || LPAD((1 + i % {DISTRICTS})::text, 2, '0') || '.1001.' || "
            f"LPAD((1 + i / {DISTRICTS} % {RW // DISTRICTS})::text, 3, '0')"
        )
        # Through a year: a commitment's month, and that of an allocation up to three months later.
        day_of_year = "NOW() - (i % 360) * INTERVAL '1 day'"
        later = f"NOW() - ((i % {COMMITMENTS}) % 360) * INTERVAL '1 day' + (i % 90) * INTERVAL '1 day'"
        aid_type, value = f"{few['first_aid']} + i % 4", "(1 + i % 4) * 1000"
        now, day = timezone.now(), timezone.localdate()
        _multiply(Pledge(submitted_at=now), PLEDGES, collaborator_id=f"{few['first_giver']} + i % {GIVERS}",
                  submission_key="GEN_RANDOM_UUID()")  # fmt: skip
        _multiply(
            Commitment(program_id="pangan", quantity=55, state="accepted", accepted_at=now, reserved=50, dispatched=40,
                       received=30, verified=20),
            COMMITMENTS, pledge_id=f"1 + i % {PLEDGES}", aid_type_id=aid_type, unit_value=value, region_id=rw,
            accepted_at=day_of_year,
        )  # fmt: skip
        _multiply(
            Need(program_id="pangan", target=600, people=500, people_kind="families", deadline=day, state="published",
                 published_at=now, reserved=500, dispatched=400, received=300, verified=200),
            NEEDS, aid_type_id=aid_type, unit_value=value, region_id=rw, published_at=day_of_year,
        )  # fmt: skip
        _multiply(
            Allocation(quantity=10, state="reserved", dispatched=8, received=6, verified=4),
            ALLOCATIONS, commitment_id=f"1 + i % {COMMITMENTS}", need_id=f"1 + i % {NEEDS}",
            created_at=f"LEAST(NOW(), {later})",
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _multiply(one: Model, count: int, **expressions: str) -> None:
    """Insert `count` rows like `one`, with keys from 1; `expressions` are SQL of `i`, which counts from 0."""
    expressions["id"] = "i + 1"
    columns, values, parameters = [], [], []
    for field in one._meta.concrete_fields:
        columns.append(connection.ops.quote_name(field.column or ""))
        if field.attname in expressions:
            # Escaped once, since the statement has parameters.
            values.append(expressions[field.attname].replace("%", "%%"))
        else:
            values.append("%s")
            parameters.append(field.get_db_prep_save(getattr(one, field.attname), connection))
    table = connection.ops.quote_name(one._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608 names of our own
            f"FROM GENERATE_SERIES(0, {count} - 1) i",
            parameters,
        )


def _ask(query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, [CITY, f"{CITY}.%"])
        cursor.fetchall()


def _seconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
