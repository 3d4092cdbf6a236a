"""Figures that others counted: of aid outside the platform, and published about a program. Never added to ours."""

from django.utils.translation import gettext_lazy as _

from donations.opendata.columns import Column, Dataset, Filter, Kind
from donations.opendata.datasets.parts import PLACES, aid_filter, place, program_filter, within_filter
from donations.outside.models import OutsideMeasure
from donations.outside.states import OutsideState

OUTSIDE_FIGURES = Dataset(
    name="outside-figures",
    title=_("Angka dari luar platform"),
    text=_("Bantuan yang tidak lewat platform, menurut sumbernya. Jangan dijumlahkan dengan angka platform, dan jangan "
           "satu dengan yang lain: sumber-sumbernya bisa menghitung bantuan yang sama."),
    source=(
        "donations_outsidefigure f LEFT JOIN programs_aidtype t ON t.id = f.aid_type_id "
        "JOIN regions_region r ON r.code = f.region_id" + PLACES.format("f.region_id")
    ),
    where=f"f.state = '{OutsideState.PUBLISHED.value}'",
    columns=(
        Column("id", Kind.INTEGER, "f.id", "#meta+id", _("Nomor catatan.")),
        Column("program", Kind.CODE, "f.program_id", "#activity+code", _("Kode program.")),
        Column("aid_type", Kind.CODE, "t.code", "#item+code",
               _("Kode bentuk bantuan; kosong kalau bukan bentuk bantuan program."), may_be_empty=True),
        Column("measure", Kind.CODE, "f.measure", "#indicator+code", _("Yang dihitung."),
               codes=dict(OutsideMeasure.choices)),
        Column("region", Kind.TEXT, "r.full_name", "#loc+name", _("Wilayah yang dihitung.")),
        *place("f.region_id"),
        Column("since", Kind.DAY, "f.since", "#date+start", _("Dari tanggal.")),
        Column("until", Kind.DAY, "f.until", "#date+end", _("Sampai tanggal.")),
        Column("quantity", Kind.INTEGER, "f.quantity", "#output+num", _("Jumlah."), _("satuan di kolom unit"),
               may_be_empty=True),
        Column("unit", Kind.TEXT, "COALESCE(t.unit, f.unit)", "#item+unit", _("Satuan jumlahnya."), may_be_empty=True),
        Column("value", Kind.INTEGER, "f.rupiah", "#value", _("Nilainya menurut sumber."), _("rupiah"),
               may_be_empty=True),
        Column("source", Kind.TEXT, "f.source", "#meta+source", _("Sumber.")),
        Column("source_date", Kind.DAY, "f.source_date", "#date+source", _("Tanggal sumber.")),
        Column("source_link", Kind.LINK, "NULLIF(f.link, '')", "#meta+source+url", _("Tautan ke sumber."),
               may_be_empty=True),
        Column("document", Kind.TEXT, "f.document", "#meta+source+document", _("Nama atau nomor dokumen."),
               may_be_empty=True),
        Column("remark", Kind.TEXT, "f.note", "#description", _("Catatan."), may_be_empty=True),
    ),
    order=("f.id",),
    key="id",
    filters=(
        program_filter("f.program_id"),
        aid_filter(),
        within_filter("f.region_id"),
        Filter("measure", "f.measure", _("Yang dihitung."), codes=tuple(OutsideMeasure.values)),
    ),
    keywords=(_("di luar platform"),),
    pages=("statistics",),
)  # fmt: skip

PUBLISHED_FIGURES = Dataset(
    name="published-figures",
    title=_("Angka yang pernah diterbitkan"),
    text=_("Angka tentang program yang diterbitkan pihak lain, persis seperti tertulis, dengan sumber dan tanggalnya."),
    source="programs_publishedfigure f",
    columns=(
        Column("id", Kind.INTEGER, "f.id", "#meta+id", _("Nomor angka.")),
        Column("program", Kind.CODE, "f.program_id", "#activity+code", _("Kode program.")),
        Column("label", Kind.TEXT, "f.label", "#indicator+name+i_id", _("Yang dihitung.")),
        Column("label_en", Kind.TEXT, "f.label_en", "#indicator+name+i_en", _("Yang dihitung, dalam bahasa Inggris."),
               may_be_empty=True),
        Column("value", Kind.TEXT, "f.value", "#indicator+text+i_id", _("Nilainya, seperti tertulis.")),
        Column("value_en", Kind.TEXT, "f.value_en", "#indicator+text+i_en", _("Nilainya, dalam bahasa Inggris."),
               may_be_empty=True),
        Column("remark", Kind.TEXT, "f.note", "#description", _("Catatan."), may_be_empty=True),
        Column("source", Kind.TEXT, "f.source", "#meta+source", _("Sumber.")),
        Column("published", Kind.CODE, "f.published", "#date+published", _("Terbitnya: tahun, bulan, atau hari.")),
    ),
    order=("f.id",),
    key="id",
    filters=(program_filter("f.program_id"),),
    keywords=(_("angka terbitan"),),
    pages=("programs",),
)  # fmt: skip
