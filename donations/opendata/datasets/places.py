"""Regions and sites."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donations.opendata.columns import Column, Dataset, Filter, Kind
from donations.opendata.datasets.parts import LEVELS, PLACES, link, place, point, position, within_filter
from regions.models import SiteKind
from regions.models.region import LEVEL_LABELS

REGIONS = Dataset(
    name="regions",
    title=pgettext_lazy("dataset", "Wilayah"),
    text=_("Provinsi, kota, kecamatan, kelurahan, dan RW yang berlaku hari ini, dengan batasnya."),
    source="regions_region r LEFT JOIN regions_boundary b ON b.region_id = r.code",
    where="(r.valid_from IS NULL OR r.valid_from <= %(today)s) AND (r.valid_until IS NULL OR r.valid_until > %(today)s)",
    columns=(
        Column("code", Kind.CODE, "r.code", "#loc+code", _("Kode Kemendagri.")),
        Column("parent_code", Kind.CODE, "r.parent_id", "#loc+code+parent", _("Kode wilayah di atasnya."),
               may_be_empty=True),
        Column("level", Kind.CODE, "r.level", "#loc+type", _("Tingkat wilayah."),
               codes={level.value: label for level, label in LEVEL_LABELS.items()}),
        Column("name", Kind.TEXT, "r.name", "#loc+name+short", _("Nama pendek.")),
        Column("full_name", Kind.TEXT, "r.full_name", "#loc+name", _("Nama seperti di halamannya.")),
        Column("official_name", Kind.TEXT, "r.official_name", "#loc+name+official", _("Nama resmi.")),
        *position("r.latitude", "r.longitude", _("Titik tengah.")),
        Column("area_km2", Kind.NUMBER, "r.area_km2", "#indicator+area+num", _("Luas."), _("km²"), may_be_empty=True),
        Column("families", Kind.INTEGER, "r.families", "#population+hh", _("Banyaknya keluarga di RW."), _("keluarga"),
               may_be_empty=True),
        Column("families_source", Kind.TEXT, "r.families_source", "#meta+source+hh", _("Sumber banyaknya keluarga."),
               may_be_empty=True),
        Column("population", Kind.INTEGER, "r.population", "#population", _("Banyaknya penduduk."), _("orang"),
               may_be_empty=True),
        Column("population_source", Kind.TEXT, "r.population_source", "#meta+source+population",
               _("Sumber banyaknya penduduk."), may_be_empty=True),
        Column("is_provisional", Kind.BOOLEAN, "r.is_provisional", "#status+provisional",
               _("true kalau banyaknya RW atau pembagiannya masih andaian.")),
        Column("outline_source", Kind.TEXT, "b.source", "#meta+source+outline", _("Sumber batasnya."),
               may_be_empty=True),
        Column("outline_approximate", Kind.BOOLEAN, "b.is_approximate", "#status+approximate",
               _("true kalau batasnya perkiraan, bukan batas resmi."), may_be_empty=True),
        link("'/id/wilayah/' || r.code || '/'", _("Halaman wilayah ini.")),
    ),
    order=("r.code",),
    order_kind=Kind.CODE,
    key="code",
    geometry="b.geometry",
    filters=(
        Filter("level", "r.level", _("Tingkat wilayah."), codes=LEVELS),
        within_filter("r.code"),
    ),
    keywords=(_("wilayah"), _("batas wilayah"), "RW"),
    pages=("map",),
)  # fmt: skip

SITES = Dataset(
    name="sites",
    title=_("Lembaga penerima"),
    text=_("Panti, sekolah, pesantren, lokasi UMKM, bank sampah, dan lembaga lain yang menerima bantuan."),
    source="regions_site s JOIN regions_region r ON r.code = s.region_id" + PLACES.format("s.region_id"),
    where="s.is_active",
    columns=(
        Column("id", Kind.INTEGER, "s.id", "#loc+id", _("Nomor lembaga.")),
        Column("kind", Kind.CODE, "s.kind", "#loc+type", _("Jenis lembaga."), codes=dict(SiteKind.choices)),
        Column("name", Kind.TEXT, "s.name", "#loc+name", _("Nama lembaga.")),
        Column("address", Kind.TEXT, "s.address", "#loc+address", _("Alamat."), may_be_empty=True),
        Column("residents", Kind.INTEGER, "s.residents", "#population+resident", _("Banyaknya penghuni."), _("orang"),
               may_be_empty=True),
        *place("s.region_id"),
        *position("s.latitude", "s.longitude", _("Letak lembaga.")),
        link("'/id/wilayah/' || s.region_id || '/'", _("Halaman wilayahnya.")),
    ),
    order=("s.id",),
    key="id",
    geometry=point("s.latitude", "s.longitude"),
    filters=(
        Filter("kind", "s.kind", _("Jenis lembaga."), codes=tuple(SiteKind.values)),
        within_filter("s.region_id"),
    ),
    keywords=(_("lembaga"), _("panti"), _("sekolah")),
    pages=("map",),
)  # fmt: skip
