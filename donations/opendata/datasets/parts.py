"""Columns and filters that many datasets share."""

from django.utils.translation import gettext_lazy as _

from donations.opendata.columns import Column, Filter, Kind, Test, Text
from regions.codes import Level
from regions.models import SiteKind

RECIPIENT_KINDS = {"rw": _("RW"), **dict(SiteKind.choices)}

# The regions a place lies in; {0} is the expression of its code.
PLACES = """
LEFT JOIN regions_region village ON village.code = LEFT({0}, 13) AND village.level = 'village'
LEFT JOIN regions_region district ON district.code = LEFT({0}, 8) AND district.level = 'district'
LEFT JOIN regions_region city ON city.code = LEFT({0}, 5) AND city.level = 'city'
"""
WITHIN = _("Kode wilayah: wilayah itu dan semua di dalamnya.")


def moment(name: str, sql: str, hxl: str, text: Text, *, may_be_empty: bool = False) -> Column:
    """A time, written with Jakarta's clock."""
    return Column(name, Kind.MOMENT, sql, hxl, text, may_be_empty=may_be_empty)


def link(path: str, text: Text) -> Column:
    """The address of the page that shows the row; `path` is SQL of what follows the site's root."""
    return Column("url", Kind.LINK, f"%(root)s || {path}", "#meta+url", text)


def place(code: str) -> tuple[Column, ...]:
    """Where the recipient lies, from `PLACES`; `code` is the expression of its code."""
    return (
        Column("region_code", Kind.CODE, code, "#loc+code",
               _("Kode Kemendagri wilayah penerima. Kode BPS berbeda; jangan dicampur.")),
        Column("village", Kind.TEXT, "village.name", "#adm4+name", _("Nama kelurahan."), may_be_empty=True),
        Column("district", Kind.TEXT, "district.name", "#adm3+name", _("Nama kecamatan."), may_be_empty=True),
        Column("city_code", Kind.CODE, "city.code", "#adm2+code",
               _("Kode kota atau kabupaten administrasi; kosong kalau belum ditempatkan di satu kota."),
               may_be_empty=True),
        Column("city", Kind.TEXT, "city.name", "#adm2+name", _("Nama kota atau kabupaten administrasi."),
               may_be_empty=True),
    )  # fmt: skip


def position(latitude: str, longitude: str, text: Text) -> tuple[Column, ...]:
    return (
        Column("latitude", Kind.NUMBER, latitude, "#geo+lat", text, _("derajat, WGS 84"), may_be_empty=True),
        Column(
            "longitude", Kind.NUMBER, longitude, "#geo+lon", text, _("derajat, WGS 84"), may_be_empty=True
        ),
    )


def point(latitude: str, longitude: str) -> str:
    """GeoJSON of a point, or null where one of both is not known."""
    return (
        f"CASE WHEN {latitude} IS NOT NULL AND {longitude} IS NOT NULL THEN "
        f"JSON_BUILD_OBJECT('type', 'Point', 'coordinates', JSON_BUILD_ARRAY({longitude}, {latitude})) END"
    )


def aid_columns() -> tuple[Column, ...]:
    """The form of aid, from `programs_aidtype t`."""
    return (
        Column("program", Kind.CODE, "t.program_id", "#activity+code", _("Kode program.")),
        Column("aid_type", Kind.CODE, "t.code", "#item+code", _("Kode bentuk bantuan.")),
        Column("aid_type_name", Kind.TEXT, "t.name", "#item+name", _("Nama bentuk bantuan.")),
        Column("unit", Kind.TEXT, "t.unit", "#item+unit",
               _("Satuan jumlahnya. Jumlah hanya boleh ditambahkan dalam satu bentuk bantuan.")),
    )  # fmt: skip


def within_filter(sql: str) -> Filter:
    return Filter("within", sql, WITHIN, Test.WITHIN, example="31.74")


def program_filter(sql: str = "t.program_id") -> Filter:
    return Filter("program", sql, _("Kode program."), example="pangan")


def aid_filter(sql: str = "t.code") -> Filter:
    return Filter("aid_type", sql, _("Kode bentuk bantuan."), example="sembako")


LEVELS = tuple(level.value for level in Level)
IN_UNITS = _("satuan di kolom unit")
