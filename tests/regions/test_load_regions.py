import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from regions.actions import load_tree
from regions.gazetteer import read_gazetteer
from regions.models import Region, StaleMark

from .conftest import GAZETTEER, gazetteer_within, shared_file

pytestmark = pytest.mark.django_db


def run(path, **options):
    out, err = StringIO(), StringIO()
    call_command("load_regions", str(path), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def rows(*lines):
    header = "code,name,district,city,lat,lon,area_km2,rw_count"
    gazetteer = read_gazetteer("\n".join([header, *lines]).encode())
    assert gazetteer.faults == []
    return gazetteer.rows


def snapshot():
    return list(Region.objects.order_by("code").values())


def test_load_regions_twice_changes_nothing_the_second_time():
    began = time.process_time()
    run(GAZETTEER)
    assert time.process_time() - began < 3
    before = snapshot()
    assert len(before) == 3073
    out, _ = run(GAZETTEER)
    assert "3073" in out
    assert snapshot() == before


def test_load_regions_of_the_source_keeps_provisional_island_rw():
    run(GAZETTEER)
    load_tree(read_gazetteer(shared_file("jakarta_kelurahan.csv")).rows)
    islands = Region.objects.within("31.01").at_level("rw")
    assert islands.count() == 24
    assert islands.filter(is_provisional=True).count() == 24


def test_load_regions_changes_nothing_when_a_row_is_wrong(tmp_path):
    path = tmp_path / "kota.csv"
    path.write_text(
        "code,name,district,city\n31.74.01.1001,Tebet Timur,Tebet,Jakarta Selatan\n31.74.01.2,X,Tebet,Y\n"
        "31.74.01.1003,,Tebet,Jakarta Selatan\n",
        encoding="utf-8",
    )
    err = StringIO()
    with pytest.raises(CommandError, match="2 kesalahan"):
        call_command("load_regions", str(path), stderr=err)
    assert "baris 3, kolom code" in err.getvalue()
    assert "baris 4, kolom name" in err.getvalue()
    assert not Region.objects.exists()


def test_load_regions_dry_run_writes_nothing():
    out, _ = run(GAZETTEER, dry_run=True)
    assert "3073" in out
    assert not Region.objects.exists()


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_load_regions_says_when_a_file_cannot_be_read(tmp_path, name):
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        run(tmp_path / name)


def test_load_tree_renames_what_carries_the_name():
    load_tree(rows("31.74.01.1001,Tebet Timur,Tebet,Jakarta Selatan,,,,2"))
    change = load_tree(rows("31.74.01.1001,Tebet Baru,Tebet,Jakarta Selatan,,,,"))
    assert sorted(change.updated) == ["31.74.01.1001", "31.74.01.1001.001", "31.74.01.1001.002"]
    rw = Region.objects.get(code="31.74.01.1001.002")
    assert (rw.full_name, rw.official_name) == ("RW 02 Tebet Baru", "RW 02 Kelurahan Tebet Baru")
    assert list(Region.objects.search("rw 2 tebet baru")) == [rw]


def test_load_tree_keeps_rw_above_the_count_and_says_so():
    load_tree(rows("31.74.01.1001,Tebet Timur,Tebet,Jakarta Selatan,,,,3"))
    change = load_tree(rows("31.74.01.1001,Tebet Timur,Tebet,Jakarta Selatan,,,,2"))
    assert Region.objects.at_level("rw").count() == 3
    assert len(change.remarks) == 1


def test_load_tree_measures_a_city_by_all_its_villages(tree):
    tree("31.74")
    before = Region.objects.get(code="31.74")
    change = load_tree(gazetteer_within("31.74.01").rows)
    assert change.updated == []
    assert Region.objects.get(code="31.74").area_km2 == before.area_km2


def test_load_tree_refuses_regions_that_have_ended(tree):
    tree("31.74.01.1001")
    Region.objects.filter(code="31.74.01.1001").update(valid_until="2026-01-01")
    with pytest.raises(ValueError, match=r"31\.74\.01\.1001"):
        tree("31.74.01")
    assert not Region.objects.filter(code="31.74.01.1002").exists()


def test_load_tree_marks_changed_cities_stale(tree):
    tree("31.74.01.1001", "31.75.01.1001")
    assert set(StaleMark.objects.values_list("city_code", flat=True)) == {"31", "31.74", "31.75"}
