"""Programs and forms of aid."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donations.opendata.columns import Column, Dataset, Filter, Kind, Text
from donations.opendata.datasets.parts import link, program_filter
from programs.models import AidKind
from programs.models.programs import ProgramState


def _twins(name: str, hxl: str, text: Text, english: Text) -> tuple[Column, ...]:
    """A text and its English twin."""
    return (
        Column(name, Kind.TEXT, f"p.{name}", f"{hxl}+i_id", text, may_be_empty=True),
        Column(f"{name}_en", Kind.TEXT, f"p.{name}_en", f"{hxl}+i_en", english, may_be_empty=True),
    )


PROGRAMS = Dataset(
    name="programs",
    title=pgettext_lazy("dataset", "Program"),
    text=_("Program KSBB: penanggung jawab, sejak kapan, siapa yang memfasilitasi, untuk siapa."),
    source="programs_program p",
    columns=(
        Column("code", Kind.CODE, "p.code", "#activity+code", _("Kode program.")),
        Column("name", Kind.TEXT, "p.name", "#activity+name+i_id", _("Nama program.")),
        Column("name_en", Kind.TEXT, "p.name_en", "#activity+name+i_en", _("Nama program dalam bahasa Inggris."),
               may_be_empty=True),
        Column("state", Kind.CODE, "p.state", "#status+activity", _("Keadaan program."),
               codes=dict(ProgramState.choices)),
        Column("region_code", Kind.CODE, "p.region_id", "#adm1+code", _("Wilayah program.")),
        Column("launched", Kind.CODE, "p.launched", "#date+start",
               _("Sejak kapan: tahun, bulan, atau hari, seperti yang diterbitkan."), may_be_empty=True),
        *_twins("summary", "#description", _("Ringkasan."), _("Ringkasan dalam bahasa Inggris.")),
        *_twins("lead_agency", "#org+lead+name", _("Instansi penanggung jawab."),
                _("Instansi penanggung jawab dalam bahasa Inggris.")),
        *_twins("facilitators", "#org+facilitator+name", _("Fasilitator."), _("Fasilitator dalam bahasa Inggris.")),
        *_twins("beneficiaries", "#beneficiary+type", _("Penerima manfaat."),
                _("Penerima manfaat dalam bahasa Inggris.")),
        link("'/id/program/' || p.code || '/'", _("Halaman program ini.")),
    ),
    order=("p.code",),
    order_kind=Kind.CODE,
    key="code",
    filters=(Filter("state", "p.state", _("Keadaan program."), codes=tuple(ProgramState.values)),),
    keywords=(_("program"),),
    pages=("programs",),
)  # fmt: skip

AID_TYPES = Dataset(
    name="aid-types",
    title=pgettext_lazy("dataset", "Bentuk bantuan"),
    text=_("Apa yang diberikan tiap program, dalam satuan apa, berisi apa, dan berapa nilai acuannya."),
    source="programs_aidtype t",
    columns=(
        Column("id", Kind.INTEGER, "t.id", "#item+id", _("Nomor bentuk bantuan.")),
        Column("program", Kind.CODE, "t.program_id", "#activity+code", _("Kode program.")),
        Column("code", Kind.CODE, "t.code", "#item+code", _("Kode bentuk bantuan, unik dalam programnya.")),
        Column("name", Kind.TEXT, "t.name", "#item+name+i_id", _("Nama bentuk bantuan.")),
        Column("name_en", Kind.TEXT, "t.name_en", "#item+name+i_en", _("Nama dalam bahasa Inggris."), may_be_empty=True),
        Column("unit", Kind.TEXT, "t.unit", "#item+unit+i_id", _("Satuan.")),
        Column("unit_en", Kind.TEXT, "t.unit_en", "#item+unit+i_en", _("Satuan dalam bahasa Inggris."),
               may_be_empty=True),
        Column("kind", Kind.CODE, "t.kind", "#item+type", _("Barang, jasa, atau uang. Uang dihitung dalam rupiah."),
               codes=dict(AidKind.choices)),
        Column("is_durable", Kind.BOOLEAN, "t.is_durable", "#item+durable", _("true untuk barang yang menjadi aset.")),
        Column("guide_value", Kind.INTEGER, "t.guide_value", "#value+guide", _("Nilai acuan satu satuan."), _("rupiah"),
               may_be_empty=True),
        Column("guide_source", Kind.TEXT, "t.guide_source", "#meta+source+value", _("Sumber nilai acuan."),
               may_be_empty=True),
        Column("serves", Kind.TEXT, "t.serves", "#beneficiary+type", _("Untuk siapa satu satuan."), may_be_empty=True),
        Column("contents", Kind.LIST, "t.contents", "#item+contents",
               _("Isi satu satuan: daftar name, name_en, amount, amount_en.")),
        Column("in_use", Kind.BOOLEAN, "t.is_active", "#status+item", _("true kalau masih dipakai.")),
    ),
    order=("t.id",),
    key="id",
    filters=(
        program_filter(),
        Filter("kind", "t.kind", _("Barang, jasa, atau uang."), codes=tuple(AidKind.values)),
    ),
    keywords=(_("bentuk bantuan"),),
    pages=("programs",),
)  # fmt: skip
