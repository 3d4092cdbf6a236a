"""Commitments and allocations: accepted ones only, with the names of those who agreed to be named."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CollaboratorKind
from donations.opendata.columns import Column, Dataset, Filter, Kind, Shared, Test, Text, numbered
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
    program_filter,
    within_filter,
)
from donations.pledges.models import Route
from donations.pledges.states import COMMITMENT_STATE_LABELS, COMMITTED, AllocationState

KINDS = tuple(CollaboratorKind.values)
ROUTES = dict(Route.choices)
NUMBER = f"'KM-' || {numbered('c.id')}"
GIVER = (
    Column("collaborator", Kind.TEXT, "CASE WHEN p.may_be_named AND o.is_confirmed THEN o.name END", "#org+donor+name",
           _("Nama kolaborator; kosong kalau tidak ingin disebut."), may_be_empty=True),
    Column("collaborator_kind", Kind.CODE, "o.collaborator_kind", "#org+donor+type", _("Jenis kolaborator."),
           codes=dict(CollaboratorKind.choices), may_be_empty=True),
    Column("route", Kind.CODE, "c.route", "#modality+route", _("Langsung, atau melalui agregator berizin."),
           codes=ROUTES),
    Column("aggregator", Kind.TEXT, "g.name", "#org+aggregator+name", _("Nama agregator; kosong kalau langsung."),
           may_be_empty=True),
)  # fmt: skip
GIVERS = (
    "JOIN programs_aidtype t ON t.id = c.aid_type_id JOIN donations_pledge p ON p.id = c.pledge_id "
    "JOIN accounts_organisation o ON o.id = p.collaborator_id "
    "LEFT JOIN accounts_organisation g ON g.id = c.aggregator_id "
)


def _quantity(name: str, sql: str, hxl: str, text: Text) -> Column:
    return Column(name, Kind.INTEGER, sql, hxl, text, IN_UNITS)


def _value(quantity: str, hxl: str, text: Text) -> Column:
    return Column(
        "value", Kind.INTEGER, f"{quantity} * c.unit_value", hxl, text, _("rupiah"), may_be_empty=True
    )


UNIT_VALUE = Column("unit_value", Kind.INTEGER, "c.unit_value", "#value+unit", _("Nilai satu satuan ketika diikrarkan."),
                    _("rupiah"), may_be_empty=True)  # fmt: skip
_AIM = "c.region_id"
COMMITMENTS = Dataset(
    name="commitments",
    title=_("Komitmen"),
    text=_("Ikrar yang sudah diterima asesor, juga yang sudah selesai. Yang menunggu jawaban, ditolak, dibatalkan, atau "
           "gugur tidak dihitung."),
    source="donations_commitment c " + GIVERS + "JOIN regions_region r ON r.code = c.region_id "
           "LEFT JOIN regions_site s ON s.id = c.site_id" + PLACES.format(_AIM),
    where="c.state IN (" + ", ".join(f"'{state.value}'" for state in COMMITTED) + ")",
    columns=(
        Column("number", Kind.CODE, NUMBER, "#activity+commitment+id", _("Nomor komitmen.")),
        *aid_columns(),
        *GIVER,
        Column("recipient", Kind.TEXT, "COALESCE(s.name, r.full_name)", "#loc+name",
               _("Penerima yang dituju, atau wilayah yang diminta.")),
        *place(_AIM),
        Column("state", Kind.CODE, "c.state", "#status+commitment", _("Keadaan komitmen."),
               codes={state.value: COMMITMENT_STATE_LABELS[state] for state in COMMITTED}),
        moment("accepted_at", "c.accepted_at", "#date+accepted", _("Saat diterima asesor.")),
        _quantity("quantity", "c.quantity - c.cancelled", "#output+committed+num",
                  _("Yang diikrarkan, tanpa yang dibatalkan.")),
        _quantity("allocated", "c.reserved", "#output+allocated+num", _("Yang sudah ditetapkan untuk kebutuhan.")),
        _quantity("dispatched", "c.dispatched", "#output+dispatched+num", _("Sudah dikirim.")),
        _quantity("received", "c.received", "#reached+delivered+num", _("Diterima dalam keadaan baik menurut BAST.")),
        _quantity("verified", "c.verified", "#reached+verified+num",
                  _("Diterima, dan BAST-nya sudah diperiksa petugas.")),
        UNIT_VALUE,
        _value("(c.quantity - c.cancelled)", "#value+committed", _("quantity dikali unit_value.")),
    ),
    order=("c.id",),
    key="number",
    filters=(
        program_filter("c.program_id"),
        aid_filter(),
        within_filter(_AIM),
        Filter("state", "c.state", _("Keadaan komitmen."), codes=tuple(state.value for state in COMMITTED)),
        Filter("collaborator_kind", "o.collaborator_kind", _("Jenis kolaborator."), codes=KINDS),
        Filter("route", "c.route", _("Langsung, atau melalui agregator."), codes=tuple(ROUTES)),
        Filter("accepted_since", "c.accepted_at", _("Diterima pada hari itu atau sesudahnya."), Test.SINCE, Kind.DAY),
        Filter("accepted_until", "c.accepted_at", _("Diterima pada hari itu atau sebelumnya."), Test.UNTIL, Kind.DAY),
    ),
    keywords=(_("komitmen"), _("ikrar")),
    pages=("statistics",),
)  # fmt: skip

_RECIPIENTS = (
    "JOIN regions_region r ON r.code = n.region_id LEFT JOIN regions_site s ON s.id = n.site_id"
    + PLACES.format("n.region_id")
)
_LIVE = "(a.quantity - a.released)"
ALLOCATIONS = Dataset(
    name="allocations",
    title=pgettext_lazy("dataset", "Alokasi"),
    text=_("Bagian komitmen yang ditetapkan untuk satu kebutuhan, dan sejauh apa sampainya. Yang masih ditahan tidak "
           "dihitung."),
    source="donations_allocation a JOIN donations_commitment c ON c.id = a.commitment_id " + GIVERS +
           "JOIN programs_need n ON n.id = a.need_id " + _RECIPIENTS,
    own_source="donations_allocation a",
    shared=(
        Shared("c", frozenset({"c", "t", "p", "o", "g"}), "donations_commitment c " + GIVERS, "c.id", "a.commitment_id",
               values=("unit_value",)),
        Shared("n", frozenset({"n", "r", "s", "village", "district", "city"}), "programs_need n " + _RECIPIENTS, "n.id",
               "a.need_id"),
    ),
    where=f"a.state = '{AllocationState.RESERVED.value}'",
    columns=(
        Column("id", Kind.INTEGER, "a.id", "#activity+allocation+id", _("Nomor alokasi.")),
        Column("commitment", Kind.CODE, NUMBER, "#activity+commitment+id", _("Nomor komitmen.")),
        Column("need", Kind.CODE, NEED_NUMBER, "#need+id", _("Nomor kebutuhan.")),
        *aid_columns(),
        *GIVER,
        Column("recipient_kind", Kind.CODE, "COALESCE(s.kind, 'rw')", "#loc+type", _("RW, atau jenis lembaganya."),
               codes=RECIPIENT_KINDS),
        Column("recipient", Kind.TEXT, "COALESCE(s.name, r.full_name)", "#loc+name", _("Nama penerima.")),
        *place("n.region_id"),
        _quantity("quantity", _LIVE, "#output+allocated+num", _("Yang dialokasikan, tanpa yang dilepaskan.")),
        _quantity("dispatched", "a.dispatched", "#output+dispatched+num", _("Sudah dikirim.")),
        _quantity("received", "a.received", "#reached+delivered+num", _("Diterima dalam keadaan baik menurut BAST.")),
        _quantity("verified", "a.verified", "#reached+verified+num",
                  _("Diterima, dan BAST-nya sudah diperiksa petugas.")),
        UNIT_VALUE,
        _value(_LIVE, "#value+allocated", _("quantity dikali unit_value.")),
        link("'/id/kebutuhan/' || n.id || '/'", _("Halaman kebutuhannya.")),
    ),
    order=("a.id",),
    key="id",
    filters=(
        program_filter("n.program_id"),
        aid_filter(),
        within_filter("n.region_id"),
        Filter("recipient_kind", "COALESCE(s.kind, 'rw')", _("RW, atau jenis lembaganya."), codes=tuple(RECIPIENT_KINDS)),
        Filter("collaborator_kind", "o.collaborator_kind", _("Jenis kolaborator."), codes=KINDS),
        Filter("need", NEED_NUMBER, _("Nomor kebutuhan."), example="K-2026-00012"),
        Filter("commitment", NUMBER, _("Nomor komitmen."), example="KM-00012"),
    ),
    keywords=(_("alokasi"), _("bantuan")),
    pages=("statistics",),
)  # fmt: skip
