"""How many assets there are by program, city and owner, and in which condition: counts, never a thing by itself."""

from django.utils.translation import gettext_lazy as _

from donations.assets.states import OWNER_LABELS, Condition
from donations.opendata.columns import Column, Dataset, Filter, Kind, Text
from donations.opendata.datasets.parts import IN_UNITS, aid_columns, aid_filter, program_filter, within_filter

LISTED = "a.state <> 'written_off'"


def _sum(condition: str) -> str:
    return f"COALESCE(SUM(a.count) FILTER (WHERE {condition}), 0)::bigint"


def _count(name: str, hxl: str, text: Text) -> Column:
    return Column(name, Kind.INTEGER, f"g.{name}", hxl, text, IN_UNITS)


GROUPED = ", ".join(
    (
        "a.program_id", "a.aid_type_id", "LEFT(a.region_id, 5) AS city_code", "a.owner",
        f"{_sum(LISTED)} AS recorded",
        *(f"{_sum(f'{LISTED} AND a.condition = {one.value!r}')} AS {one.value}" for one in Condition),
        f"{_sum(f'NOT {LISTED}')} AS written_off",
        f"COALESCE(SUM(a.count * a.unit_value) FILTER (WHERE {LISTED}), 0)::bigint AS value",
    )
)  # fmt: skip

ASSETS = Dataset(
    name="assets",
    title=_("Aset dari bantuan"),
    text=_("Barang tahan lama dari berita acara terverifikasi, menurut bentuk bantuan, kota, dan pemilik: berapa yang "
           "tercatat dan bagaimana keadaannya menurut pemeriksaan terakhir. Tanpa nomor seri dan tanpa nama orang."),
    source=(
        f"(SELECT {GROUPED} FROM donations_asset a "  # noqa: S608 made of names and states of our own
        "GROUP BY a.program_id, a.aid_type_id, LEFT(a.region_id, 5), a.owner) g "
        "JOIN programs_aidtype t ON t.id = g.aid_type_id LEFT JOIN regions_region city ON city.code = g.city_code"
    ),
    columns=(
        *aid_columns(),
        Column("region_code", Kind.CODE, "g.city_code", "#adm2+code",
               _("Kode Kemendagri kota atau kabupaten administrasinya.")),
        Column("city", Kind.TEXT, "city.name", "#adm2+name", _("Nama kota atau kabupaten administrasi."),
               may_be_empty=True),
        Column("owner", Kind.CODE, "g.owner", "#org+owner+type", _("Milik siapa."),
               codes={owner.value: label for owner, label in OWNER_LABELS.items()}),
        _count("recorded", "#output+recorded+num", _("Yang masih tercatat.")),
        _count("good", "#output+good+num", _("Di antaranya baik.")),
        _count("repair", "#output+repair+num", _("Di antaranya perlu diperbaiki.")),
        _count("broken", "#output+broken+num", _("Di antaranya rusak berat.")),
        _count("lost", "#output+lost+num", _("Di antaranya hilang.")),
        _count("written_off", "#output+removed+num", _("Yang sudah dihapus dari daftar; tidak termasuk di atas.")),
        Column("value", Kind.INTEGER, "g.value", "#value+recorded", _("Nilai yang masih tercatat, menurut ikrarnya."),
               _("rupiah")),
    ),
    order=("g.aid_type_id::text || '/' || g.city_code || '/' || g.owner",),
    order_kind=Kind.CODE,
    filters=(
        program_filter(),
        aid_filter(),
        within_filter("g.city_code"),
        Filter("owner", "g.owner", _("Milik siapa."), codes=tuple(owner.value for owner in OWNER_LABELS)),
    ),
    keywords=(_("aset"), _("inventaris")),
    pages=("programs",),
)  # fmt: skip
