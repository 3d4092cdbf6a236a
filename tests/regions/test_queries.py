import pytest
from django.core.cache import cache

from regions import queries
from regions.actions import derive_boundaries
from regions.models import Region, SampleData, Site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    yield
    cache.clear()


def names(text):
    return [region.full_name for region in queries.search(text)]


@pytest.mark.parametrize(
    "text",
    [
        "rw 3 manggarai",
        "manggarai rw 03",
        "RW03 MANGGARAI",
        "3 manggarai",
        "mangarai rw.3",
        "Rw 003 Mánggarai tebet",
    ],
)
def test_search_finds_an_rw_however_it_is_written(tree, text):
    tree("31.74.01")
    assert names(text)[0] == "RW 03 Manggarai"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tebet", "Tebet"),
        ("kec. tebet", "Tebet"),
        ("kelurahan tebet timur", "Tebet Timur"),
        ("tebet rw 1", "RW 01 Tebet Timur"),
        ("jakarta sel", "Jakarta Selatan"),
        ("31.74.01.1007.003", "RW 03 Manggarai"),
        ("31.74.01.1007.", "RW 01 Manggarai"),
        ("31", "DKI Jakarta"),
        ("tebettimur", "Tebet Timur"),
    ],
)
def test_search_puts_the_nearest_name_first(tree, text, first):
    tree("31.74.01")
    assert names(text)[0] == first


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "antah berantah", "rw", "31.99", "\\", "'; DROP TABLE", "\x00"]
)
def test_search_finds_nothing_where_nothing_fits(tree, text):
    tree("31.74.01")
    assert [name for name in names(text) if not name.startswith("RW")] == []


def test_search_knows_other_spellings_of_a_village(tree):
    tree("31.75.04")
    assert names("kampung tengah")[0] == "Tengah"
    assert names("rw 2 kampung tengah") == ["RW 02 Tengah"]


def test_search_does_not_take_rw_3_for_rw_30(tree):
    tree("31.74.01")
    assert all(name.startswith("RW 01 ") for name in names("rw 1"))


def test_search_passes_over_regions_that_have_ended(tree):
    tree("31.74.01")
    Region.objects.filter(code="31.74.01.1007").update(valid_until="2020-01-01")
    assert "Manggarai" not in names("manggarai")


def test_within_matches_sets_of_related_rows(tree):
    tree("31.74.01", "31.75.01")
    inside = Site.objects.create(kind="school", name="A", region_id="31.74.01.1001.001")
    Site.objects.create(kind="school", name="B", region_id="31.75.01.1001.001")
    assert list(Site.objects.filter(queries.within("region", "31.74"))) == [inside]
    assert list(Site.objects.within("31.74")) == [inside]
    assert not Site.objects.filter(queries.within("region", "31.7")).exists()


def test_nearest_sorts_by_distance(tree):
    tree("31.74.01")
    derive_boundaries(within="31")
    region = Region.objects.get(code="31.74.01.1007.003")
    found = queries.nearest(region, 5)
    assert len(found) == 5
    assert region not in found
    assert [one.distance for one in found] == sorted(one.distance for one in found)
    assert any(one.code.startswith("31.74.01.1007") for one in found)


def test_nearest_uses_the_village_while_an_rw_has_no_place(tree):
    tree("31.74.01")
    region = Region.objects.get(code="31.74.01.1007.003")
    assert all(one.code.startswith("31.74.01.1007") for one in queries.nearest(region, 3))
    Region.objects.update(latitude=None, longitude=None)
    region.refresh_from_db()
    assert queries.nearest(region) == []


def test_nearest_asks_twice_at_most(tree, django_assert_max_num_queries):
    tree("31.74.01")
    region = Region.objects.get(code="31.74.01.1007.003")
    with django_assert_max_num_queries(2):
        queries.nearest(region, 30)


def test_ancestors_lead_from_the_province_down(tree, django_assert_num_queries):
    tree("31.74.01")
    with django_assert_num_queries(1):
        found = queries.ancestors("31.74.01.1007.003")
    assert [region.name for region in found] == ["DKI Jakarta", "Jakarta Selatan", "Tebet", "Manggarai"]


def test_city_names_are_kept(jakarta, django_assert_num_queries):
    assert list(queries.city_names())[:2] == ["31.01", "31.71"]
    with django_assert_num_queries(0):
        assert queries.city_names()["31.74"] == "Jakarta Selatan"


def test_has_sample_data_follows_the_mark(django_assert_num_queries):
    assert queries.has_sample_data() is False
    SampleData.objects.create(note="uji")
    queries.forget_sample_data()
    assert queries.has_sample_data() is True
    with django_assert_num_queries(0):
        assert queries.has_sample_data() is True


def test_census_shares_add_up():
    assert sum(queries.census_shares().values()) == 100
    assert queries.census_shares().keys() >= {"31.74", "31.01"}
