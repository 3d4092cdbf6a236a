"""The published figures."""

from django.utils.translation import gettext_lazy as _

from donations.opendata.columns import Column, Dataset, Filter, Kind
from donations.opendata.datasets.parts import moment
from donations.statistics.definitions import MEASURES
from donations.statistics.queries import last_change

DIMENSIONS = tuple(sorted({name for measure in MEASURES.values() for name in measure.dimensions}))

STATISTICS = Dataset(
    name="statistics",
    title=_("Statistik"),
    text=_("Setiap angka yang diterbitkan, per kota dan program, dengan waktunya. Yang nol tidak punya baris, "
           "kecuali indeks Gini: tanpa baris, indeksnya tidak dapat dihitung."),
    source="donations_statisticrow f",
    columns=(
        Column("city_code", Kind.CODE, "f.city_code", "#adm2+code",
               _("Kode kota; kode provinsi untuk yang belum ditempatkan di satu kota; kosong kalau tanpa permintaan."),
               may_be_empty=True),
        Column("program", Kind.CODE, "f.program_code", "#activity+code", _("Kode program; kosong untuk semua program."),
               may_be_empty=True),
        Column("measure", Kind.CODE, "f.measure", "#indicator+code", _("Ukuran; artinya di halaman definisi."),
               codes={measure.name: measure.label for measure in MEASURES.values()}),
        Column("dimension", Kind.CODE, "f.dimension", "#indicator+type",
               _("Menurut apa angkanya dibagi; total untuk seluruhnya."), codes={name: name for name in DIMENSIONS}),
        Column("key", Kind.CODE, "f.key", "#group+code",
               _("Bagian dari dimensinya; dua bagian dipisah titik dua. Kosong untuk total."), may_be_empty=True),
        Column("value", Kind.INTEGER, "f.value", "#indicator+value+num",
               _("Nilainya, dalam satuan menurut definisi ukurannya.")),
        moment("as_of", "f.as_of", "#date+updated", _("Saat angka ini dihitung.")),
    ),
    order=("f.city_code", "f.program_code", "f.measure", "f.dimension", "f.key"),
    order_kind=Kind.CODE,
    filters=(
        Filter("program", "f.program_code", _("Kode program."), example="pangan"),
        Filter("city", "f.city_code", _("Kode kota, atau provinsi untuk yang belum ditempatkan."), example="31.74"),
        Filter("measure", "f.measure", _("Ukuran."), codes=tuple(sorted(MEASURES))),
        Filter("dimension", "f.dimension", _("Dimensi."), codes=DIMENSIONS),
    ),
    keywords=(_("statistik"), _("cakupan"), _("pemerataan")),
    pages=("statistics", "definitions"),
    version=last_change,
)  # fmt: skip
