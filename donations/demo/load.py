"""Fills an empty database with the demo data."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts import clock
from accounts.actions.layers import load as load_layers
from accounts.actions.permits import suspend_permit
from accounts.models import Organisation, User
from accounts.notices.actions import none_before
from accounts.notices.actions.history import keep_unsent
from donations.demo.assets import keep_assets
from donations.demo.cast import CITY_TURNS, PROVINCE, Cast
from donations.demo.confirmations import confirm
from donations.demo.conversations import converse
from donations.demo.forum import Forum
from donations.demo.layers import invented_layers
from donations.demo.members import gather_members
from donations.demo.misconduct import report_misconduct
from donations.demo.outside import outside_figures
from donations.demo.plan import Plan, make_plan
from donations.demo.showcase import show
from donations.demo.stories import Teller
from donations.demo.telling import Story, tell
from donations.pledges.models import Pledge
from donations.statistics.actions import places, recompute
from programs.models import Need, Program
from regions.actions import synthesise_families
from regions.models import Region, SampleData, Site
from regions.queries import forget_sample_data

SEED = 20_200_429
DAYS_OF_HISTORY = 380
# People find the notices of the last days, the older of them read; none of a history is ever sent.
TOLD, UNREAD = timedelta(days=4), timedelta(days=3)
HOLDERS = (Organisation, User, Need, Pledge, Site)


class NotEmpty(Exception):
    """The database holds data that somebody made; `what` names the first kind found."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class NothingToStandOn(Exception):
    """Jakarta's regions or the programs are not loaded."""


def reference(now: datetime) -> datetime:
    """The moment that the demo data is "now" at: the last 05.40 WIB."""
    morning = timezone.localtime(now).replace(hour=5, minute=40, second=0, microsecond=0)
    return morning if morning <= now else morning - timedelta(days=1)


@transaction.atomic
def load_demo(say: Callable[[str], None], *, now: datetime | None = None) -> None:
    """Load everything, or nothing. Raises `NotEmpty` and `NothingToStandOn`; `say` hears of the progress."""
    _check()
    until = reference(now or timezone.now())
    chance = random.Random(SEED)  # noqa: S311 the same data each time, not a secret
    SampleData.objects.create(note="Data contoh")
    synthesise_families(within=PROVINCE)
    say("people and organisations")
    cast, plan = _prepare(chance, until)
    teller = Teller(cast, chance, until)
    stories: list[Story] = [teller.need(need) for need in plan.needs]
    stories += [teller.gifts(need, group) for need in plan.needs for group in need.groups]
    stories += [teller.wish(*wish) for wish in plan.wishes]
    stories.append(_suspend_a_permit(cast, until))
    say(f"{len(plan.needs)} needs and {len(stories) - len(plan.needs) - 1} gifts, verb by verb")
    stories += Forum(cast, until).stories()
    with _without_savepoints(), none_before(until - TOLD):
        verbs = tell(stories, until, lambda count: say(f"{count} verbs …") if count % 1000 == 0 else None)
        _analyse()
        verbs += show(until)
        verbs += gather_members(cast, until)
        verbs += converse(cast, until)
        verbs += report_misconduct(cast, until)
        verbs += keep_assets(cast, until)
        verbs += confirm(cast, until)
    keep_unsent(read_before=until - UNREAD)
    load_layers(several=invented_layers(until.date()), by=None, is_sample=True)
    outside_figures(cast, until)
    say(f"{verbs} verbs performed; statistics")
    _analyse()
    for code in places():
        recompute(code)
    transaction.on_commit(forget_sample_data, robust=True)


def _analyse() -> None:
    """The planner still believes the tables to be empty, and would join them row by row."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """All of it is kept or dropped as one: each verb's own savepoint would only be every third statement."""
    features = connection.features
    kept, features.uses_savepoints = features.uses_savepoints, False
    try:
        yield
    finally:
        features.uses_savepoints = kept


def _check() -> None:
    for model in HOLDERS:
        if model._default_manager.exists():
            raise NotEmpty(str(model._meta.verbose_name_plural))
    if (
        not Program.objects.filter(code="pangan").exists()
        or not Region.objects.filter(code=PROVINCE).exists()
    ):
        raise NothingToStandOn


def _prepare(chance: random.Random, until: datetime) -> tuple[Cast, Plan]:
    regions = {
        r.code: r for r in Region.objects.current().within(PROVINCE).select_related("parent").order_by("code")
    }
    cast = Cast(chance, regions)
    with clock.at(until - timedelta(days=DAYS_OF_HISTORY)):
        cast.officers()
        cast.organisations()
        cast.offices()
        cast.permits(timezone.localdate(until))
        cast.institutions()
    rw_codes = {
        city: [code for code, region in regions.items() if region.level == "rw" and code.startswith(city)]
        for city in CITY_TURNS
    }
    return cast, make_plan(chance, until, rw_codes, cast.sites)


def _suspend_a_permit(cast: Cast, until: datetime) -> Story:
    """One aggregator may collect no more, while money of before is still on its way."""
    yield until - timedelta(days=40)
    permit = cast.aggregators[5].permits.get()
    suspend_permit(permit=permit, by=cast.admin, reason="Laporan tahunan belum diserahkan (contoh).")
