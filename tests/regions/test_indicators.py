"""Context layers: reading a file, loading it whole or not at all, and what the map then says."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.actions import layers
from accounts.models import KeptLayer
from regions.actions.indicators import current_codes, quintiles
from regions.density import density
from regions.indicator_layers import indicator_layer, values_around
from regions.indicators import LARGEST_BYTES, MOST_FAULTS, read_indicators, written
from regions.models import Indicator, IndicatorValue, Region
from tests import factories

HEAD = "indicator,region,value,name_id,name_en,unit_id,unit_en,source,as_of,direction,breaks\n"
FACTS = "Banjir,Floods,hari,days,BPBD,2025-12-31,high,1 3 6 10\n"
GOOD = f"{HEAD}banjir,31.74.01.1001,4,{FACTS}banjir,31.74.01.1002,0,,,,,,,,\nbanjir,31.74.02,12.5,,,,,,,,\n"
KNOWN = {"31", "31.74", "31.74.01.1001", "31.74.01.1002", "31.74.02", "31.74.01.1001.003"}


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in read_indicators(text.encode(), KNOWN).faults]


def test_file_is_read():
    found = read_indicators(GOOD.encode(), KNOWN)
    assert found.faults == []
    [series] = found.series.values()
    assert (series.as_of, series.breaks, series.decimals) == (date(2025, 12, 31), (1, 3, 6, 10), 1)
    assert series.values == {"31.74.01.1001": 4, "31.74.01.1002": 0, "31.74.02": 12.5}


def test_file_of_a_spreadsheet_is_read():
    text = (
        "\ufeff"
        + HEAD.replace(",", ";")
        + "banjir;31.74.02;12,5;"
        + FACTS.replace(",", ";").replace("\n", "\r\n")
    )
    [series] = read_indicators(text.encode(), KNOWN).series.values()
    assert series.values == {"31.74.02": 12.5}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("banjir,31.74.99,4,,,,,,,,", "region"),
        ("banjir,3174,4,,,,,,,,", "region"),
        ("banjir,31,4,,,,,,,,", "region"),
        ("banjir,31.74.01.1001,4,,,,,,,,", "region"),
        ("banjir,31.74.02,,,,,,,,,", "value"),
        ("banjir,31.74.02,NaN,,,,,,,,", "value"),
        ("banjir,31.74.02,1e9,,,,,,,,", "value"),
        ('banjir,31.74.02,"1.234,5",,,,,,,,', "value"),
        ("banjir,31.74.02,4 hari,,,,,,,,", "value"),
        ("Banjir!,31.74.02,4,,,,,,,,", "indicator"),
        ("<script>,31.74.02,4,,,,,,,,", "indicator"),
        ("banjir,31.74.02,4,Genangan,,,,,,,", "name_id"),
        ("banjir,31.74.02,4,,,,,,,,,,,", ""),
    ],
)
def test_wrong_row_is_named(row: str, column: str):
    assert faults(f"{HEAD}banjir,31.74.01.1001,4,{FACTS}{row}\n") == [(3, column)]


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        (",Floods,hari,days,BPBD,2025-12-31,high,", "name_id"),
        ("Banjir,Floods,hari,days,,2025-12-31,high,", "source"),
        ("Banjir,Floods,hari,days,BPBD,31/12/2025,high,", "as_of"),
        ("Banjir,Floods,hari,days,BPBD,2025-12-31,naik,", "direction"),
        ("Banjir,Floods,hari,days,BPBD,2025-12-31,high,1 2 3", "breaks"),
        ("Banjir,Floods,hari,days,BPBD,2025-12-31,high,4 3 2 1", "breaks"),
        (f"{'B' * 81},Floods,hari,days,BPBD,2025-12-31,high,", "name_id"),
    ],
)
def test_wrong_fact_is_named(facts: str, column: str):
    assert faults(f"{HEAD}banjir,31.74.02,4,{facts}\n") == [(0, column)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"a,b\n1,2\n",
        HEAD.encode(),
        b"x" * (LARGEST_BYTES + 1),
        b"indicator,region,value,x\n",
    ],
)
def test_what_is_no_such_file_is_said(content: bytes):
    found = read_indicators(content, KNOWN)
    assert len(found.faults) == 1
    assert str(found.faults[0])


def test_a_thousand_faults_are_counted_and_not_all_listed():
    found = read_indicators((HEAD + "banjir,x,1,,,,,,,,\n" * 1000).encode(), KNOWN)
    assert len(found.faults) == MOST_FAULTS
    assert found.more >= 1000 - MOST_FAULTS


@pytest.mark.parametrize(
    ("values", "decimals", "bounds"),
    [
        ([2862, 12455, 16112, 17463, 20395, 22077], 0, (12000, 16000, 17000, 20000)),
        ([5], 0, (5, 6, 7, 8)),
        ([0, 0, 0], 1, (0, 0.1, 0.2, 0.3)),
        ([-4, -2.5, 0, 2.5, 4], 1, (-2.5, 0, 2.5, 4)),
    ],
)
def test_bounds_rise_whatever_the_values(values, decimals, bounds):
    assert quintiles(values, decimals) == pytest.approx(bounds)


@pytest.fixture
def place(db) -> Region:
    factories.tree("31.74.01.1002")
    factories.tree("31.74.02")
    return factories.tree("31.74.01.1001.003")


def load(text: str = GOOD, **how):
    several = list(read_indicators(text.encode(), current_codes()).series.values())
    return layers.load(several=several, by=None, **how)


def test_layer_counts_its_regions_and_inside_them_its_value_holds(place):
    load()
    layer = indicator_layer(Indicator.objects.get())
    assert layer.levels == {"31.74.01.1001": 3, "31.74.01.1002": 1, "31.74.02": 5}
    assert [(row.css, row.count) for row in layer.legend] == [
        ("b5", 1),
        ("b4", 0),
        ("b3", 1),
        ("b2", 0),
        ("b1", 1),
    ]
    [(indicator, said, around)] = values_around(place.code)
    assert (indicator.code, said, around) == ("banjir", "4,0 hari", "Wilayah 31.74.01.1001")


def test_layer_is_darkest_where_attention_is_called_for(place):
    load(GOOD.replace("high", "low"))
    layer = indicator_layer(Indicator.objects.get())
    assert layer.levels == {"31.74.01.1001": 3, "31.74.01.1002": 5, "31.74.02": 1}
    assert (layer.legend[0].label, layer.legend[-1].label) == ("di bawah 1,0", "10,0 atau lebih")


def test_nearest_value_around_a_region_is_its_value(place):
    load(GOOD + "banjir,31.74,9,,,,,,,,\n")
    assert values_around("31.74.01.1001.003")[0][1] == "4,0 hari"
    assert values_around("31.74.03")[0][1] == "9,0 hari"
    assert values_around("31.75.03") == []


def test_loading_again_replaces_and_a_dry_run_changes_nothing(place):
    load()
    shorter = f"{HEAD}banjir,31.74.02,7,{FACTS}"
    [would] = load(shorter, dry_run=True)
    assert (would.values, would.before) == (1, 3)
    assert IndicatorValue.objects.count() == 3
    load(shorter, reason="lebih pendek")
    assert dict(IndicatorValue.objects.values_list("region", "value")) == {"31.74.02": 7}


def test_removed_layer_is_said_of_no_region_until_it_is_brought_back(place):
    load()
    layer = layers.remove(layer=KeptLayer.objects.get(), by=None, reason="usang")
    assert values_around(place.code) == []
    layers.restore(layer=layer, by=None, reason="masih dipakai")
    assert [said for _one, said, _whose in values_around(place.code)] == ["4,0 hari"]


def test_layer_is_written_as_the_file_that_made_it(place):
    load()
    kept = KeptLayer.objects.get()
    text = written(layers.series_of(kept))
    assert (
        text.splitlines()[1] == "banjir,31.74.01.1001,4,Banjir,Floods,hari,days,BPBD,2025-12-31,high,1 3 6 10"
    )
    [again] = read_indicators(text.encode(), current_codes()).series.values()
    assert again.values == dict(kept.values.values_list("region_id", "value"))
    assert (again.breaks, again.decimals) == (tuple(kept.breaks), kept.decimals)


def test_command_changes_nothing_where_a_row_is_wrong(place, tmp_path, capsys):
    file = tmp_path / "banjir.csv"
    file.write_text(GOOD + "banjir,31.75,1,,,,,,,,\n")
    with pytest.raises(CommandError, match="1 kesalahan"):
        call_command("load_indicators", str(file))
    assert "baris 5, region: 31.75 tidak ada" in capsys.readouterr().err
    assert not Indicator.objects.exists()
    file.write_text(GOOD)
    call_command("load_indicators", str(file), "--dry-run")
    assert not Indicator.objects.exists()
    call_command("load_indicators", str(file))
    assert IndicatorValue.objects.count() == 3


def test_database_refuses_bounds_that_do_not_rise_and_values_that_are_none(place):
    load()
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.update(breaks=[1, 3, 3, 9])
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.update(value=float("nan"))


def test_density_is_people_by_area_of_cities_that_know_both(place):
    factories.tree("31.75.01.1001")
    Region.objects.filter(level="village").update(area_km2=2.5)
    Region.objects.filter(code="31.74").update(population=10_000, population_source="Sensus")
    series = density()
    assert series is not None
    assert series.values == {"31.74": 2000}
    assert series.facts["source"].startswith("Sensus; ")
    Region.objects.filter(code="31.74.01.1002").update(area_km2=None)
    assert density() is None
    with pytest.raises(CommandError, match="load_regions"):
        call_command("derive_density")
