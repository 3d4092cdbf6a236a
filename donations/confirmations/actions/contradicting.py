"""What contradicts a report becomes a case by itself, once a report and kind, past everybody whom it concerns."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import clock
from donations.confirmations.kinds import Reply, Side
from donations.confirmations.models import Confirmation, Contradiction
from donations.confirmations.queries.reading import answers_of, reported
from donations.confirmations.rule import contradictions
from donations.handovers.models import Handover
from donations.misconduct import actions as misconduct
from donations.misconduct.codes import new_code
from donations.misconduct.kinds import Kind, Post


def open_cases(confirmation: Confirmation, reply: Reply) -> None:
    """Inside the answer's transaction, while the report is held: of each kind that is not known yet."""
    handover = Handover.objects.select_related("delivery__region", "delivery__site").get(
        pk=confirmation.handover_id
    )
    households = confirmation.draw.households if confirmation.draw else 0
    if not households and (draw := handover.draws.exclude(state="cancelled").first()):
        households = draw.households
    found = contradictions(answers_of(handover), reported(handover), households)
    known = set(handover.contradictions.values_list("kind", flat=True))
    for kind, side in found.items():
        if kind not in known:
            _open(handover, kind, side, reply.remark if side == confirmation.side else "")


def _open(handover: Handover, kind: Kind, side: Side, remark: str) -> None:
    with override("id"):
        report = misconduct.Report(
            kind=kind, text=_told(handover, kind, side, remark), region=handover.delivery.region,
            posts=(Post.UNKNOWN,), place=handover.place, thing=handover, happened_on=clock.today(),
        )  # fmt: skip
    # Nobody holds its code: who confirmed is not followed, and follows nothing.
    case = misconduct.receive(report=report, code=new_code(), from_confirmations=True)
    Contradiction.objects.create(handover=handover, kind=kind, side=side, found_at=clock.now(), case=case)


def _told(handover: Handover, kind: Kind, side: Side, remark: str) -> str:
    """Never which of the recipients: who they are stands on a paper that the reporter has."""
    counts = reported(handover)
    said = {
        Kind.LEVY: _("diminta membayar"),
        Kind.SHORT: _("lebih banyak yang tidak menerima semua daripada yang dilaporkan rusak atau tidak ada"),
    }.get(kind, _("tidak menerima sama sekali"))
    sentences = [
        _("Dibuka oleh platform: konfirmasi atas BAST %(number)s berbeda dari laporannya.")
        % {"number": handover.number},
        _("Jawaban %(side)s: %(said)s.") % {"side": Side(side).label, "said": said},
        _("Menurut laporan: baik %(good)s, rusak %(damaged)s, tidak ada %(missing)s.")
        % {"good": counts.good, "damaged": counts.damaged, "missing": counts.missing},
        *([_("Ditambahkan: “%(remark)s”") % {"remark": remark}] if remark else []),
    ]
    return "\n".join(sentences)
