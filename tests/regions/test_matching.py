import gzip
import json

import pytest
import shapely

from regions.boundaries.features import UnreadableFile, read_features
from regions.boundaries.gazette import Gazette
from regions.boundaries.labels import key, label_of
from regions.boundaries.matching import Status, joined, match_features
from regions.gazetteer import grow

from .conftest import gazetteer_within

TEBET = "31.74.01.1001"
LAT, LON = -6.2269, 106.8532


@pytest.fixture(scope="module")
def gazette():
    tree = grow(gazetteer_within("31.74.01", "31.72.02", "31.75.04").rows)
    return Gazette(tree.values())


def box(west=0.0, south=0.0, size=0.002):
    return shapely.box(LON + west, LAT + south, LON + west + size, LAT + south + size)


def feature(shape=None, **properties):
    geometry = json.loads(shapely.to_geojson(shape if shape is not None else box()))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **extra):
    return json.dumps({"type": "FeatureCollection", "features": features, **extra}).encode()


def match(gazette, *features, create=False):
    return match_features(read_features(collection(*features)), gazette, create=create)


def rw(number, village="Tebet Timur", shape=None, **properties):
    return feature(
        shape, kota="Jakarta Selatan", kecamatan="Tebet", kelurahan=village, rw=number, **properties
    )


@pytest.mark.parametrize(
    "text",
    ["RW 03", "RW03", "rw.3", "003", "3", 3, "RW-003"],
)
def test_label_reads_rw_numbers_however_written(text):
    assert label_of({"RW": text}).rw_number == 3


@pytest.mark.parametrize("text", ["", "TPU", "RW", "03A", "RW 0", "RW 1000", "3.5", None, True, [3]])
def test_label_takes_nothing_else_for_a_number(text):
    assert label_of({"rw": text}).rw_number is None


def test_label_never_takes_codes_without_dots():
    label = label_of({"kelurahan_id": "3174070005", "rw_id": "3174070005001000", "kota_id": 3174})
    assert label.codes == ()
    assert label.has_undotted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KOTA ADM. JAKARTA SELATAN", "Jakarta Selatan"),
        ("Kab. Adm. Kep. Seribu", "Kepulauan Seribu"),
        ("Kel. Rawa Badak Utara", "Rawabadak Utara"),
        ("Papango", "Papanggo"),
        ("Kp. Melayu", "Kampung Melayu"),
    ],
)
def test_key_makes_spellings_equal(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"kode": TEBET}, TEBET),
        ({"KODE_KEL": TEBET, "rw": "RW 03"}, f"{TEBET}.003"),
        ({"kode": f"{TEBET}.003"}, f"{TEBET}.003"),
        ({"kode_kota": "31.74", "kode_kec": "31.74.01", "kode_kel": TEBET}, TEBET),
        ({"kode": "31.74"}, "31.74"),
        ({"WADMKK": "Kota Jakarta Selatan"}, "31.74"),
        ({"kota": "Jakarta Selatan", "kecamatan": "Tebet", "kelurahan": "TEBET TIMUR"}, TEBET),
        ({"kelurahan": "Tebet Timur", "rw": 3}, f"{TEBET}.003"),
    ],
)
def test_matching_by_code_or_names(gazette, properties, code):
    (finding,) = match(gazette, feature(**properties))
    assert (finding.status, finding.code) == (Status.MATCHED, code)


@pytest.mark.parametrize(
    ("properties", "status", "words"),
    [
        ({"kode": "31.99.01.1001"}, Status.UNMATCHED, "tidak ada di pohon"),
        ({"a": "31.74", "b": "31.75.04.1001"}, Status.AMBIGUOUS, "bertentangan"),
        ({"kode": "31.75.04.1001"}, Status.UNMATCHED, "km dari sana"),
        ({"id": "3174010001"}, Status.UNMATCHED, "BPS"),
        ({}, Status.UNMATCHED, "tidak ada kode"),
        ({"kota": "Surabaya", "kelurahan": "Tebet Timur"}, Status.UNMATCHED, "kota Surabaya"),
        ({"kota": "Jakarta Selatan", "kelurahan": "Antah"}, Status.UNMATCHED, "tidak ada kelurahan"),
        ({"kelurahan": "Papango", "rw": "1"}, Status.UNMATCHED, "km dari sana"),
        ({"kelurahan": "Tebet Timur", "rw": ""}, Status.UNMATCHED, "bukan RW bernomor"),
        ({"kelurahan": "Tebet Timur", "rw": "TPU"}, Status.UNMATCHED, "TPU"),
        ({"kelurahan": "Tebet Timur", "rw": "99"}, Status.UNMATCHED, "--create"),
        ({"kode": f"{TEBET}.099"}, Status.UNMATCHED, "--create"),
    ],
)
def test_matching_gives_the_reason_why_not(gazette, properties, status, words):
    (finding,) = match(gazette, feature(**properties))
    assert finding.status is status
    assert words in finding.reason
    assert finding.code == ""


def test_matching_takes_known_spellings_where_the_place_fits(gazette):
    village = gazette.regions["31.75.04.1002"]
    shape = shapely.Point(village.longitude, village.latitude).buffer(0.001)
    properties = {
        "kota": "Jakarta Timur",
        "kecamatan": "Kramat Jati",
        "kelurahan": "Kampung Tengah",
        "rw": "RW 01",
    }
    (finding,) = match(gazette, feature(shape, **properties))
    assert finding.code == "31.75.04.1002.001"


def test_matching_takes_like_names_only_where_the_place_fits(gazette):
    near, far = match(gazette, rw("1", "Tebet Timor"), rw("2", "Tebet Timor", box(0.2)))
    assert near.code == f"{TEBET}.001"
    assert "mirip" in near.reason
    assert far.status is Status.UNMATCHED


def test_matching_trusts_code_and_name_together_even_far_away(gazette):
    (finding,) = match(gazette, feature(box(0.2), kode=TEBET, nama="Tebet Timur"))
    assert finding.code == TEBET


def test_matching_creates_rw_only_when_asked(gazette):
    (finding,) = match(gazette, rw("RW 40"), create=True)
    assert (finding.code, finding.creates) == (f"{TEBET}.040", True)


def test_matching_joins_touching_parts_of_one_rw(gazette):
    findings = match(gazette, rw("1"), rw("1", shape=box(0.002)), rw("2", shape=box(0.004)))
    assert {finding.status for finding in findings} == {Status.MATCHED}
    shapes = joined(findings)
    assert shapes[f"{TEBET}.001"].equals(shapely.union_all([f.feature.shape for f in findings[:2]]))


def test_matching_lists_parts_that_lie_apart(gazette):
    findings = match(gazette, rw("1"), rw("1", shape=box(0.004)))
    assert [finding.status for finding in findings] == [Status.AMBIGUOUS] * 2
    assert joined(findings) == {}


def test_matching_keeps_a_large_part_and_lists_its_crumbs(gazette):
    findings = match(gazette, rw("1", shape=box(-0.004, size=0.0001)), rw("1"))
    assert [finding.status for finding in findings] == [Status.AMBIGUOUS, Status.MATCHED]
    assert "serpihan" in findings[0].reason


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (None, "tidak punya bentuk"),
        ({"type": "Point", "coordinates": [LON, LAT]}, "bukan area"),
        ({"type": "Polygon", "coordinates": []}, "tidak mempunyai luas"),
        ({"type": "Polygon", "coordinates": [[[1, 2]]]}, "tidak terbaca"),
        ({"type": "Polygon", "coordinates": "x"}, "tidak terbaca"),
        ({"type": "Polygon", "coordinates": [[[LON, LAT], [LON, LAT], [LON, LAT], [LON, LAT]]]}, "luas"),
        (
            {"type": "Polygon", "coordinates": [[[LAT, LON], [LAT, LON + 1], [LAT + 1, LON], [LAT, LON]]]},
            "Indonesia",
        ),
        (
            {"type": "Polygon", "coordinates": [[[7e5, 9.3e6], [7.1e5, 9.3e6], [7e5, 9.4e6], [7e5, 9.3e6]]]},
            "Indonesia",
        ),
    ],
)
def test_features_without_a_usable_area_say_why(gazette, geometry, words):
    (finding,) = match(gazette, {"type": "Feature", "properties": {"kode": TEBET}, "geometry": geometry})
    assert finding.status is Status.UNMATCHED
    assert words in finding.reason


def test_features_that_cross_themselves_are_mended():
    bow = [[LON, LAT], [LON + 0.01, LAT + 0.01], [LON + 0.01, LAT], [LON, LAT + 0.01], [LON, LAT]]
    raw = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [bow]}}
    (feature_read,) = read_features(collection(raw))
    assert feature_read.mended
    assert feature_read.shape.is_valid
    assert feature_read.shape.area > 0


def test_features_drop_heights():
    raised = [[LON, LAT, 5], [LON + 0.01, LAT, 5], [LON, LAT + 0.01, 5], [LON, LAT, 5]]
    raw = {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": [raised]}}
    assert not read_features(collection(raw))[0].shape.has_z


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"type": "Feature"}',
        b'{"features": []}',
        b"\x1f\x8bbroken",
        gzip.compress(b'{"features": [1]}', mtime=0)[:-9],
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps(
            {"features": [{}], "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::32748"}}}
        ).encode(),
    ],
)
def test_files_that_are_no_outlines_are_refused(content):
    with pytest.raises(UnreadableFile):
        read_features(content)


def test_files_may_be_gzipped_and_name_their_system():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(read_features(gzip.compress(collection(feature(), crs=crs)))) == 1
