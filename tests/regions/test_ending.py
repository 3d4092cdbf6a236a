from datetime import date

import pytest
from django.core.management import CommandError, call_command

from regions.actions import end_region
from regions.models import Region, Site, StaleMark

pytestmark = pytest.mark.django_db
VILLAGE = "31.74.01.1001"
DAY = date(2026, 3, 1)


def rw(number):
    return Region.objects.get(code=f"{VILLAGE}.{number:03}")


def test_end_region_names_its_successors(tree):
    tree(VILLAGE)
    StaleMark.objects.all().delete()
    end_region(rw(1), on=DAY, successors=[rw(2), rw(3)])
    end_region(rw(1), on=DAY, successors=[rw(2), rw(3)])
    ended = rw(1)
    assert (ended.valid_until, ended.is_current) == (DAY, False)
    assert [one.code[-3:] for one in ended.successors.order_by("code")] == ["002", "003"]
    assert list(rw(2).predecessors.all()) == [ended]
    assert StaleMark.objects.filter(city_code="31.74").exists()


def test_end_region_waits_for_what_lies_inside(tree):
    tree(VILLAGE)
    with pytest.raises(ValueError, match="di dalam"):
        end_region(Region.objects.get(code=VILLAGE), on=DAY)


def test_end_region_waits_for_its_sites(tree):
    tree(VILLAGE)
    Site.objects.create(kind="school", name="Sekolah", region=rw(1))
    with pytest.raises(ValueError, match="lokasi penerima"):
        end_region(rw(1), on=DAY)


def test_end_region_refuses_days_before_its_beginning(tree):
    tree(VILLAGE)
    Region.objects.filter(code=f"{VILLAGE}.001").update(valid_from=DAY)
    with pytest.raises(ValueError, match="baru berlaku"):
        end_region(rw(1), on=DAY)


def test_end_region_refuses_another_day_once_ended(tree):
    tree(VILLAGE)
    end_region(rw(1), on=DAY)
    with pytest.raises(ValueError, match="sudah berakhir"):
        end_region(rw(1), on=date(2026, 4, 1))


def test_end_region_refuses_itself_and_other_levels_as_successors(tree):
    tree(VILLAGE)
    for successor in (rw(1), Region.objects.get(code=VILLAGE)):
        with pytest.raises(ValueError, match="tidak dapat menggantikan"):
            end_region(rw(1), on=DAY, successors=[successor])


def test_end_region_command_tells_what_it_did(tree, capsys):
    tree(VILLAGE)
    call_command("end_region", f"{VILLAGE}.001", "--on", "2026-03-01", "--successor", f"{VILLAGE}.002")
    assert "RW 01 Tebet Timur" in capsys.readouterr().out
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("end_region", "31.99", "--on", "2026-03-01")
