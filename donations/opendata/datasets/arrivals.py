"""Handovers: what reports in force counted, line by line. Places and counts; no names of people."""

from django.utils.translation import gettext_lazy as _

from donations.handovers.states import HANDOVER_STATE_LABELS, IN_FORCE, HandoverState
from donations.opendata.columns import Column, Dataset, Filter, Kind, Test, Text
from donations.opendata.datasets.gifts import GIVER, GIVERS, NUMBER
from donations.opendata.datasets.needs import NUMBER as NEED_NUMBER
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
    program_filter,
    within_filter,
)

VERIFIED = f"h.state = '{HandoverState.VERIFIED.value}'"
KIND = "COALESCE(s.kind, 'rw')"
# The place of a handover is public as a region or site, never as the position of who reported it.
LATITUDE = "COALESCE(s.latitude, r.latitude, village.latitude)"
LONGITUDE = "COALESCE(s.longitude, r.longitude, village.longitude)"


def _count(name: str, hxl: str, text: Text) -> Column:
    return Column(name, Kind.INTEGER, f"l.{name}", hxl, text, IN_UNITS)


HANDOVERS = Dataset(
    name="handovers",
    title=_("Serah terima (BAST)"),
    text=_("Tiap baris satu bentuk bantuan dari satu komitmen dalam satu berita acara yang berlaku: diajukan, "
           "diverifikasi, atau disengketakan. Laporan yang sedang diperbaiki tidak dihitung."),
    source=(
        "donations_handover h JOIN donations_handoverline l ON l.handover_id = h.id "
        "JOIN donations_delivery d ON d.id = h.delivery_id "
        "JOIN donations_deliveryline dl ON dl.id = l.delivery_line_id "
        "JOIN donations_allocation a ON a.id = dl.allocation_id JOIN programs_need n ON n.id = a.need_id "
        "JOIN donations_commitment c ON c.id = a.commitment_id " + GIVERS +
        "JOIN regions_region r ON r.code = d.region_id LEFT JOIN regions_site s ON s.id = d.site_id"
        + PLACES.format("d.region_id")
    ),
    where="h.state IN (" + ", ".join(f"'{state.value}'" for state in IN_FORCE) + ")",
    columns=(
        Column("id", Kind.INTEGER, "l.id", "#delivery+line+id", _("Nomor baris.")),
        Column("code", Kind.CODE, "h.code", "#delivery+code", _("Kode berita acara, ada di kertasnya.")),
        Column("number", Kind.CODE, "h.number", "#delivery+id", _("Nomor berita acara.")),
        Column("state", Kind.CODE, "h.state", "#status+delivery", _("Keadaan berita acara."),
               codes={state.value: HANDOVER_STATE_LABELS[state] for state in IN_FORCE}),
        Column("is_verified", Kind.BOOLEAN, VERIFIED, "#status+verified",
               _("true kalau sudah diperiksa petugas yang bukan pelapornya.")),
        moment("arrived_at", "h.arrived_at", "#date+delivered", _("Saat tiba.")),
        moment("submitted_at", "h.submitted_at", "#date+reported", _("Saat dilaporkan.")),
        moment("verified_at", "h.verified_at", "#date+verified", _("Saat diverifikasi."), may_be_empty=True),
        Column("need", Kind.CODE, NEED_NUMBER, "#need+id", _("Nomor kebutuhan.")),
        Column("commitment", Kind.CODE, NUMBER, "#activity+commitment+id", _("Nomor komitmen.")),
        *aid_columns(),
        *GIVER,
        Column("recipient_kind", Kind.CODE, KIND, "#loc+type", _("RW, atau jenis lembaganya."), codes=RECIPIENT_KINDS),
        Column("recipient", Kind.TEXT, "COALESCE(s.name, r.full_name)", "#loc+name", _("Nama penerima.")),
        *place("d.region_id"),
        _count("good", "#reached+good+num", _("Diterima dalam keadaan baik.")),
        _count("damaged", "#output+damaged+num", _("Diterima rusak.")),
        _count("missing", "#output+missing+num", _("Dikirim, tetapi tidak ada.")),
        Column("unit_value", Kind.INTEGER, "c.unit_value", "#value+unit", _("Nilai satu satuan ketika diikrarkan."),
               _("rupiah"), may_be_empty=True),
        Column("value", Kind.INTEGER, "l.good * c.unit_value", "#value+delivered", _("good dikali unit_value."),
               _("rupiah"), may_be_empty=True),
        link("'/id/bast/' || h.code || '/'", _("Halaman berita acara ini.")),
    ),
    order=("l.id",),
    key="id",
    geometry=point(LATITUDE, LONGITUDE),
    filters=(
        program_filter(),
        aid_filter(),
        within_filter("d.region_id"),
        Filter("verified", VERIFIED, _("true: hanya yang terverifikasi; false: yang belum."), Test.HOLDS, Kind.BOOLEAN),
        Filter("recipient_kind", KIND, _("RW, atau jenis lembaganya."), codes=tuple(RECIPIENT_KINDS)),
        Filter("code", "h.code", _("Kode berita acara."), example="K7QF2M9X4TRD"),
        Filter("arrived_since", "h.arrived_at", _("Tiba pada hari itu atau sesudahnya."), Test.SINCE, Kind.DAY),
        Filter("arrived_until", "h.arrived_at", _("Tiba pada hari itu atau sebelumnya."), Test.UNTIL, Kind.DAY),
    ),
    keywords=(_("serah terima"), "BAST"),
    pages=("bast_lookup",),
)  # fmt: skip
