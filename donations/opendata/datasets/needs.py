"""Needs."""

from django.utils.translation import gettext_lazy as _

from donations.opendata.columns import WIB, Column, Dataset, Filter, Kind, Test, Text, numbered
from donations.opendata.datasets.parts import (
    IN_UNITS,
    PLACES,
    RECIPIENT_KINDS,
    aid_columns,
    aid_filter,
    link,
    moment,
    place,
    point,
    position,
    program_filter,
    within_filter,
)
from programs.models import PeopleKind, Priority
from programs.states import NEED_STATE_LABELS, NeedState

PUBLIC_STATES = (NeedState.PUBLISHED, NeedState.PAUSED, NeedState.CLOSED)
# As `Need.number` writes it.
NUMBER = f"'K-' || DATE_PART('year', n.created_at AT TIME ZONE {WIB})::int || '-' || {numbered('n.id')}"
LATITUDE = "COALESCE(s.latitude, r.latitude, village.latitude)"
LONGITUDE = "COALESCE(s.longitude, r.longitude, village.longitude)"
MISSING = "n.target - n.held - n.reserved"


def _quantity(name: str, hxl: str, text: Text, sql: str = "") -> Column:
    return Column(name, Kind.INTEGER, sql or f"n.{name}", hxl, text, IN_UNITS)


NEEDS = Dataset(
    name="needs",
    title=_("Kebutuhan"),
    text=_("Semua kebutuhan yang pernah diterbitkan, dengan angka saat ini."),
    source=(
        "programs_need n JOIN programs_aidtype t ON t.id = n.aid_type_id JOIN regions_region r ON r.code = n.region_id "
        "LEFT JOIN regions_site s ON s.id = n.site_id" + PLACES.format("n.region_id")
    ),
    where="n.published_at IS NOT NULL",
    columns=(
        Column("number", Kind.CODE, NUMBER, "#need+id", _("Nomor kebutuhan, sama dengan di halamannya.")),
        *aid_columns(),
        Column("recipient_kind", Kind.CODE, "COALESCE(s.kind, 'rw')", "#loc+type", _("RW, atau jenis lembaganya."),
               codes=RECIPIENT_KINDS),
        Column("recipient", Kind.TEXT, "COALESCE(s.name, r.full_name)", "#loc+name", _("Nama penerima.")),
        *place("n.region_id"),
        Column("people", Kind.INTEGER, "n.people", "#inneed+num",
               _("Banyaknya yang dituju, dalam hitungan people_kind.")),
        Column("people_kind", Kind.CODE, "n.people_kind", "#group+type", _("Yang dihitung: keluarga, warga, murid, …"),
               codes=dict(PeopleKind.choices)),
        Column("priority", Kind.INTEGER, "n.priority", "#severity+num", _("1 biasa, 2 tinggi, 3 mendesak."),
               codes={str(value): label for value, label in Priority.choices}),
        moment("published_at", "n.published_at", "#date+published", _("Saat diterbitkan.")),
        Column("deadline", Kind.DAY, "n.deadline", "#date+end", _("Diharapkan tiba sebelum hari ini.")),
        Column("state", Kind.CODE, "n.state", "#status+need", _("Keadaan kebutuhan."),
               codes={state.value: NEED_STATE_LABELS[state] for state in PUBLIC_STATES}),
        Column("unit_value", Kind.INTEGER, "n.unit_value", "#value+unit", _("Nilai acuan satu satuan."), _("rupiah"),
               may_be_empty=True),
        _quantity("target", "#targeted+num", _("Yang dibutuhkan.")),
        _quantity("held", "#output+held+num",
                  _("Ditahan untuk ikrar yang menunggu jawaban. Belum dihitung sebagai alokasi.")),
        _quantity("reserved", "#output+allocated+num", _("Dialokasikan: ikrar yang sudah diterima asesor.")),
        _quantity("dispatched", "#output+dispatched+num", _("Sudah dikirim.")),
        _quantity("received", "#reached+delivered+num", _("Diterima dalam keadaan baik menurut BAST.")),
        _quantity("verified", "#reached+verified+num", _("Diterima, dan BAST-nya sudah diperiksa petugas.")),
        _quantity("missing", "#output+missing+num", _("target dikurangi held dan reserved."), MISSING),
        *position(LATITUDE, LONGITUDE, _("Letak penerima: lembaganya, atau titik tengah wilayahnya.")),
        link("'/id/kebutuhan/' || n.id || '/'", _("Halaman kebutuhan ini.")),
    ),
    order=("n.id",),
    key="number",
    geometry=point(LATITUDE, LONGITUDE),
    filters=(
        program_filter("n.program_id"),
        aid_filter(),
        within_filter("n.region_id"),
        Filter("state", "n.state", _("Keadaan kebutuhan."), codes=tuple(state.value for state in PUBLIC_STATES)),
        Filter("recipient_kind", "COALESCE(s.kind, 'rw')", _("RW, atau jenis lembaganya."), codes=tuple(RECIPIENT_KINDS)),
        Filter("open", f"n.state = 'published' AND n.deadline >= %(today)s AND {MISSING} > 0",
               _("true: hanya yang masih dapat dibantu; false: yang lain."), Test.HOLDS, Kind.BOOLEAN),
        Filter("published_since", "n.published_at", _("Diterbitkan pada hari itu atau sesudahnya."), Test.SINCE,
               Kind.DAY),
    ),
    keywords=(_("kebutuhan"), _("target")),
    pages=("needs",),
)  # fmt: skip
