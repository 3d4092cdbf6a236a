import pytest

from regions.codes import Level
from regions.gazetteer import grow, read_gazetteer
from regions.gazetteer.tree import short_city_name

from .conftest import GAZETTEER, shared_file

HEADER = "code,name,district,city,lat,lon,area_km2,rw_count,population,valid_from,district_code"
GOOD = "31.74.01.1001,Tebet Timur,Tebet,Jakarta Selatan,-6.2287,106.8539,1.42,11,,,31.74.01"


def read(*lines, header=HEADER):
    return read_gazetteer("\n".join([header, *lines]).encode())


def places(gazetteer):
    return [(fault.line, fault.column) for fault in gazetteer.faults]


def test_gazetteer_of_the_project_is_whole():
    gazetteer = read_gazetteer(GAZETTEER.read_bytes())
    assert (gazetteer.faults, gazetteer.remarks) == ([], [])
    tree = grow(gazetteer.rows)
    counts = {level: sum(region.level == level for region in tree.values()) for level in Level}
    assert list(counts.values()) == [1, 6, 44, 267, 2755]
    assert tree["31"].population == sum(
        region.population for region in tree.values() if region.level == "city"
    )


def test_gazetteer_of_the_source_has_the_same_places():
    source = read_gazetteer(shared_file("jakarta_kelurahan.csv"))
    assert source.faults == []
    own = {row.code: row for row in read_gazetteer(GAZETTEER.read_bytes()).rows}
    for row in source.rows:
        assert (own[row.code].name, own[row.code].lat, own[row.code].lon) == (row.name, row.lat, row.lon)
    assert len(source.rows) == 267


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_reader_takes_bom_delimiters_and_line_ends(delimiter):
    text = f"{HEADER}\n{GOOD}\n".replace(",", delimiter).replace("\n", "\r\n")
    gazetteer = read_gazetteer(b"\xef\xbb\xbf" + text.encode())
    assert gazetteer.faults == []
    assert gazetteer.rows[0].rw_count == 11


def test_reader_takes_decimal_commas():
    header = "code;name;district;city;lat;lon"
    row = read("31.74.01.1001;Tebet Timur;Tebet;Jakarta Selatan;-6,2287;106,8539", header=header).rows[0]
    assert (row.lat, row.lon) == (-6.2287, 106.8539)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("code", ""),
        ("code", "3174010002"),
        ("code", "31.74.1.1001"),
        ("code", "31.74.01"),
        ("code", "31.74.01.1001.001"),
        ("name", ""),
        ("name", "12"),
        ("name", "x" * 81),
        ("name", "Tebet\x07"),
        ("district", ""),
        ("city", ""),
        ("lat", "106.8"),
        ("lat", "0x12"),
        ("lat", "nan"),
        ("lat", ""),
        ("lon", "-6.2"),
        ("lon", "200"),
        ("area_km2", "0"),
        ("area_km2", "-1"),
        ("rw_count", "-4"),
        ("rw_count", "1e3"),
        ("rw_count", "1000"),
        ("rw_count", "2.5"),
        ("population", "1.234.567"),
        ("valid_from", "31/12/2021"),
        ("district_code", "31.74.02"),
    ],
)
def test_reader_names_line_and_column_of_a_wrong_cell(column, cell):
    columns = HEADER.split(",")
    cells = GOOD.split(",")
    cells[columns.index(column)] = cell
    gazetteer = read(GOOD.replace("1001", "1002"), ",".join(cells).replace("Tebet Timur", "Tebet Barat"))
    assert (3, column) in places(gazetteer)
    assert all(fault.problem and fault.advice for fault in gazetteer.faults)


def test_reader_lists_every_wrong_row():
    lines = [GOOD.replace("1001", f"1{number:03}").replace("1.42", "x") for number in range(50)]
    assert places(read(*lines)) == [(number, "area_km2") for number in range(2, 52)]


def test_reader_finds_a_code_written_twice_even_on_wrong_rows():
    assert (3, "code") in places(read(GOOD, GOOD.replace("1.42", "x")))


def test_reader_finds_a_district_with_two_names():
    other = GOOD.replace("1001", "1002").replace(",Tebet,", ",Tebt,")
    assert (3, "district") in places(read(GOOD, other))


def test_reader_counts_lines_inside_quotes():
    quoted = GOOD.replace("Tebet Timur", '"Tebet\nTimur"')
    assert places(read(quoted, GOOD.replace("1001", "1002").replace("1.42", "x"))) == [(4, "area_km2")]


def test_reader_suggests_the_column_that_was_meant():
    gazetteer = read(header=HEADER.replace("rw_count", "rw_counts"))
    assert places(gazetteer) == [(1, "rw_counts")]
    assert "rw_count" in gazetteer.faults[0].advice


def test_reader_passes_over_columns_of_other_people():
    gazetteer = read(GOOD + ",x", header=HEADER + ",catatan")
    assert gazetteer.faults == []
    assert [remark.column for remark in gazetteer.remarks] == ["catatan"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\xff\xfe\x00",
        "kode,né".encode("latin-1"),
        b"code,name\0",
        HEADER.encode(),
        b"code,code,name\n",
    ],
)
def test_reader_refuses_files_that_are_no_gazetteer(content):
    assert read_gazetteer(content).faults


def test_tree_of_another_city_tells_city_and_regency_apart():
    header = "code,name,district,city,rw_count"
    rows = read(
        "32.71.01.1001,Pamoyanan,Bogor Selatan,KOTA BOGOR,2",
        "32.01.01.2001,Pakansari,Cibinong,KABUPATEN BOGOR,1",
        header=header,
    ).rows
    tree = grow(rows)
    assert tree["32"].official_name == "Provinsi Jawa Barat"
    assert (tree["32.71"].name, tree["32.01"].name) == ("Kota Bogor", "Kabupaten Bogor")
    assert tree["32.71.01.1001.002"].official_name == "RW 02 Kelurahan Pamoyanan"
    assert tree["32.01.01.2001.001"].official_name == "RW 01 Desa Pakansari"


@pytest.mark.parametrize("name", ["KOTA ADMINISTRASI JAKARTA SELATAN", "Kota Administrasi Jakarta Selatan"])
def test_short_city_name_leaves_out_administrative_words(name):
    assert short_city_name(name) == ("Jakarta Selatan", "Kota Administrasi Jakarta Selatan")
