"""Proposals of citizens: what is proposed and what became of it; no text beyond the title, and no author."""

from django.utils.translation import gettext_lazy as _

from donations.opendata.columns import WIB, Column, Dataset, Filter, Kind, Test, numbered
from donations.opendata.datasets.parts import PLACES, link, moment, program_filter, within_filter
from programs.proposals.states import (
    ANSWER_STATE_LABELS,
    PROPOSAL_STATE_LABELS,
    AnswerState,
    ProposalState,
)

PUBLIC_STATES = (ProposalState.PUBLISHED, ProposalState.CLOSED)
# As `Proposal.number` writes it.
NUMBER = f"'U-' || DATE_PART('year', p.created_at AT TIME ZONE {WIB})::int || '-' || {numbered('p.id')}"
NEEDS = (
    "(SELECT COUNT(*) FROM programs_proposalneed l JOIN programs_need n ON n.id = l.need_id "
    "WHERE l.proposal_id = p.id AND n.published_at IS NOT NULL)"
)

PROPOSALS = Dataset(
    name="proposals",
    title=_("Usulan warga"),
    text=_("Usulan yang tampil kepada umum, dukungannya, dan keadaan jawaban resminya."),
    source=(
        "programs_proposal p JOIN regions_region r ON r.code = p.region_id "
        "LEFT JOIN programs_answer a ON a.proposal_id = p.id" + PLACES.format("p.region_id")
    ),
    where="p.state IN ('published', 'closed')",
    columns=(
        Column("number", Kind.CODE, NUMBER, "#meta+id", _("Nomor usulan, sama dengan di halamannya.")),
        Column("title", Kind.TEXT, "p.title", "#description+title", _("Judul usulan, seperti ditulis pengusulnya.")),
        Column("program", Kind.CODE, "p.program_id", "#activity+code", _("Kode program; kosong untuk program baru."),
               may_be_empty=True),
        Column("region_code", Kind.CODE, "p.region_id", "#loc+code", _("Kode Kemendagri wilayah usulan.")),
        Column("region", Kind.TEXT, "r.full_name", "#loc+name", _("Nama wilayah usulan.")),
        Column("city", Kind.TEXT, "city.name", "#adm2+name", _("Nama kota atau kabupaten administrasi."),
               may_be_empty=True),
        Column("state", Kind.CODE, "p.state", "#status+proposal", _("Keadaan usulan: terbuka atau ditutup."),
               codes={state.value: PROPOSAL_STATE_LABELS[state] for state in PUBLIC_STATES}),
        Column("answer", Kind.CODE, "a.state", "#status+answer", _("Keadaan jawaban resmi; kosong kalau belum dijawab."),
               codes={state.value: label for state, label in ANSWER_STATE_LABELS.items()}, may_be_empty=True),
        moment("published_at", "p.published_at", "#date+published", _("Saat diterbitkan.")),
        moment("answered_at", "a.answered_at", "#date+answered", _("Saat jawaban terakhir."), may_be_empty=True),
        Column("supports", Kind.INTEGER, "p.supports", "#indicator+supports+num", _("Banyaknya pendukung."), _("orang")),
        Column("comments", Kind.INTEGER, "p.comments", "#indicator+comments+num", _("Banyaknya tanggapan yang tampil.")),
        Column("needs", Kind.INTEGER, NEEDS, "#indicator+needs+num", _("Banyaknya kebutuhan yang lahir darinya.")),
        link("'/id/usulan/' || p.id || '/'", _("Halaman usulan ini.")),
    ),
    order=("p.id",),
    key="number",
    filters=(
        program_filter("p.program_id"),
        within_filter("p.region_id"),
        Filter("answer", "a.state", _("Keadaan jawaban resmi."), codes=tuple(state.value for state in AnswerState)),
        Filter("answered", "a.state IS NOT NULL", _("true: yang sudah dijawab; false: yang belum."), Test.HOLDS,
               Kind.BOOLEAN),
    ),
    keywords=(_("usulan"),),
    pages=("proposals",),
)  # fmt: skip
