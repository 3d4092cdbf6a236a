"""What others than the reporter say of the demo's arrivals: mostly the same, once not."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Case, Q, When

from accounts import clock
from accounts.models import User
from donations.confirmations import actions
from donations.confirmations.kinds import Reply, Side
from donations.confirmations.models import Confirmation
from donations.confirmations.queries.reading import families_of
from donations.demo.cast import RW_OF_DEMO, SOUTH, Cast
from donations.handovers.models import Handover
from donations.handovers.states import HandoverState
from programs.models import PeopleKind

ALL, SOME, PAID = Reply("all"), Reply("some"), Reply("all", paid=True)
# So many of the verified reports of an RW had their recipients asked.
SAMPLES, SIZE, ANSWERED = 2, 20, 17
DAYS = 14
TEXT = "Diminta Rp5.000 untuk setiap paket, katanya uang angkut. (contoh)"


def confirm(cast: Cast, until: datetime) -> int:
    """Sides answer, recipients are drawn, and one draw of the demo's city contradicts; how many verbs that took."""
    since = until - timedelta(days=DAYS)
    # Also what the lurah of the demo answers, however long ago.
    asked = Q(submitted_at__gte=since) | Q(delivery__region__code__startswith=RW_OF_DEMO[:13])
    reports = Handover.objects.in_force().filter(asked).select_related("delivery__executor")
    verbs = sum(
        _sides(cast, one, number, until) for number, one in enumerate(reports.order_by("submitted_at", "pk"))
    )
    families = reports.filter(
        delivery__site=None, lines__delivery_line__allocation__need__people_kind=PeopleKind.FAMILIES
    )
    old = families.filter(state=HandoverState.VERIFIED, verified_at__lt=until - timedelta(days=6)).distinct()
    for one in old.order_by("-submitted_at", "pk")[:SAMPLES]:
        verbs += _drawn(one, cast, [ALL] * ANSWERED, until)
    waiting = families.filter(
        state=HandoverState.SUBMITTED, delivery__region__code__startswith=f"{SOUTH}."
    ).distinct()
    contradicted = waiting.order_by(
        Case(When(delivery__program="pangan", then=0), default=1), "-submitted_at", "pk"
    ).first()
    if contradicted is not None:
        told = Reply("all", paid=True, remark=TEXT)
        verbs += _drawn(contradicted, cast, [told, SOME, PAID, SOME, *[ALL] * 8], until)
    with clock.at(until):
        return verbs + sum(actions.end())


def _sides(cast: Cast, report: Handover, number: int, until: datetime) -> int:
    """Most deliverers answer, and the lurah of the demo's kelurahan."""
    assert report.submitted_at is not None
    with clock.at(report.submitted_at + timedelta(hours=1)):
        asked = {one.side: one for one in actions.ask(report)}
    verbs, later = len(asked), report.submitted_at + timedelta(hours=5 + number % 30)
    if later >= until:
        return verbs
    with clock.at(later):
        if number % 4:
            by = cast.members[report.delivery.executor_id]
            actions.answer(confirmation=asked[Side.DELIVERER], reply=ALL, by=by)
            verbs += 1
        if report.delivery.region_id.startswith(RW_OF_DEMO[:13]):
            lurah = User.objects.get(email="lurah@demo.test")
            actions.answer(confirmation=asked[Side.FACILITATOR], reply=ALL, by=lurah)
            verbs += 1
    return verbs


def _drawn(report: Handover, cast: Cast, replies: Iterable[Reply], until: datetime) -> int:
    """An assessor who did not report draws; the slips come back over the next two days."""
    assert report.submitted_at is not None
    begun = min(report.submitted_at + timedelta(hours=8), until - timedelta(hours=30))
    if begun < report.submitted_at:
        begun = report.submitted_at
    officer = cast.assessors[report.delivery.region_id[:5]]
    need = report.lines.select_related("delivery_line__allocation__need")[0].delivery_line.allocation.need
    assert need is not None
    with clock.at(begun):
        draw = actions.draw(
            handover=report, by=officer, households=max(families_of(report) or need.people, SIZE), size=SIZE,
            expires_on=clock.today() + timedelta(days=4),
        )  # fmt: skip
        slips: list[Confirmation] = actions.print_slips(draw=draw, by=officer)
    step = (until - begun) / 40 if until - begun < timedelta(days=3) else timedelta(hours=2)
    count = 0
    for count, (slip, reply) in enumerate(zip(slips, replies, strict=False), start=1):
        with clock.at(begun + step * count):
            actions.answer(confirmation=slip, reply=reply, by=None)
    return 2 + count
