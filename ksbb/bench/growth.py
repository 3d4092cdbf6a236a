"""The same data, many times as much of it: more gifts in Jakarta, and the needs of a whole country around it.

Rows are copied in the database, without triggers and verbs: what is measured only reads them.
"""

import csv
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import DateTimeField, Max, Model

from donations.deliveries.models import Delivery, DeliveryLine
from donations.handovers.models import ArrivalPlace, Handover, HandoverLine
from donations.pledges.models import Allocation, Commitment, Pledge
from programs.models import COUNTERS, Need, NeedMove
from regions.models import Region, Site, SiteKind

COMMITMENTS, NEEDS, VILLAGES = 1_000_000, 1_000_000, 83_762
# Gifts grow more than needs do: a need may have many.
GIFTS_A_NEED = 80
# Each copy happened this long before the one made from the same row before it: two years in all.
HOURS_BETWEEN = 10
GIFTS: tuple[type[Model], ...] = (
    Pledge, Commitment, Allocation, Delivery, DeliveryLine, Handover, HandoverLine, ArrivalPlace,
)  # fmt: skip
# What has to stay unique, as SQL of the copy's number k.
UNIQUE = {
    (Pledge, "submission_key"): "GEN_RANDOM_UUID()",
    (Handover, "code"): "LEFT(MD5(code || k), 12)",
    (Handover, "number"): "number || '/' || k",
}


def more_gifts(say: Callable[[str], None]) -> None:
    """A million commitments with all that hangs on them, for as many times more needs."""
    times = COMMITMENTS // Commitment.objects.count() + 1
    copies: dict[type[Model], int] = dict.fromkeys(GIFTS, times)
    copies |= dict.fromkeys((Need, NeedMove), times // GIFTS_A_NEED + 1)
    say(f"  {COMMITMENTS:,} commitments, copied for the benchmarks, once …")
    _copy_all(copies)


def a_nation(say: Callable[[str], None]) -> None:
    """Every village of a country, each with an office, and a million needs of theirs."""
    say(f"  {VILLAGES:,} villages with {NEEDS:,} needs, made for the benchmarks, once …")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "villages.csv"
        _write_villages(file)
        call_command("load_regions", str(file), verbosity=0)
    villages = Region.objects.filter(level="village").exclude(code__startswith="31.").order_by("code")
    codes = villages.values_list("code", flat=True)
    offices = (Site(name=f"Kantor {code}", kind=SiteKind.OFFICE, region_id=code) for code in codes)
    Site.objects.bulk_create(offices, batch_size=5000)
    _needs_of_offices()


def _copy_all(copies: dict[type[Model], int]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        tops = {model: model._default_manager.aggregate(top=Max("pk"))["top"] or 0 for model in copies}
        for model, times in copies.items():
            columns, values = [], []
            for field in model._meta.concrete_fields:
                column = connection.ops.quote_name(field.column or "")
                columns.append(column)
                target = field.related_model or (model if field.primary_key else None)
                if target in copies:
                    values.append(f"{column} + (k % {copies[target]}) * {tops[target]}")
                elif isinstance(field, DateTimeField):
                    values.append(f"{column} - k * INTERVAL '{HOURS_BETWEEN} hours'")
                else:
                    values.append(UNIQUE.get((model, field.name), column))
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608 names of our own
                f"FROM {table}, GENERATE_SERIES(1, {times - 1}) k"
            )
    _tidy()


def _tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _write_villages(file: Path) -> None:
    """33 villages to a district, 14 districts to a city, 14 cities to a province, from code 32 on."""
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ("code", "name", "district_code", "district", "city_code", "city", "province", "lat", "lon")
        )
        for number in range(VILLAGES):
            district, city = number // 33, number // (33 * 14)
            province = 32 + city // 14
            city_code = f"{province}.{1 + city % 14:02d}"
            district_code = f"{city_code}.{1 + district % 14:02d}"
            writer.writerow(
                (
                    f"{district_code}.{1001 + number % 33}",
                    f"Desa {number}",
                    district_code,
                    f"Kecamatan {district}",
                    city_code,
                    f"Kota {city}",
                    f"Provinsi {province}",
                    round(-8 + number % 1000 / 100, 4),
                    round(96 + number / 2000, 4),
                )
            )


def _needs_of_offices() -> None:
    """Needs like those there are, spread over the offices, none of them given to yet."""
    own = {"region_id": "o.region_id", "site_id": "o.id", **dict.fromkeys(COUNTERS, "0")}
    columns = [field.column for field in Need._meta.concrete_fields if not field.primary_key and field.column]
    values = [own.get(column, f"n.{column}") for column in columns]
    numbered = "(SELECT *, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place FROM {} WHERE {})"
    offices = numbered.format("regions_site", "kind = 'office' AND region_id NOT LIKE '31.%%'")
    needs = numbered.format("programs_need", "state = 'published'")
    many = Site.objects.filter(kind="office").exclude(region__code__startswith="31.").count()
    like = Need.objects.filter(state="published").count()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            f"INSERT INTO programs_need ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608 names of our own
            "FROM GENERATE_SERIES(0, %s - 1) i "
            f"JOIN {offices} o ON o.place = i %% %s JOIN {needs} n ON n.place = i %% %s",
            [NEEDS, many, like],
        )
    _tidy()
