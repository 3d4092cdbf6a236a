"""Whom a case concerns, and who is left to look into it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.models import Assignment, Organisation, User
from accounts.roles import Role
from accounts.scope import within
from donations.deliveries.models import Delivery, DeliveryMove
from donations.handovers.models import Handover, HandoverMove
from donations.misconduct.kinds import HOLDERS, PUBLIC_ROLES, SUPERIOR_ROLES, Post
from donations.misconduct.models import Case
from donations.pledges.models import Allocation, Commitment, CommitmentMove
from programs.models import NeedMove
from regions.codes import Level, ancestors_of, city_of
from regions.names import plain

# Written before a name, and not always.
TITLES = {"bapak", "bpk", "pak", "ibu", "bu", "h", "hj", "haji", "ust", "drs", "dra", "dr", "ir", "prof"}


@dataclass
class Concerned:
    """People and organisations, by primary key, apart by why; and whether the city's own office may look at it."""

    named: set[int] = field(default_factory=set)
    acted: set[int] = field(default_factory=set)
    named_organisations: set[int] = field(default_factory=set)
    acted_organisations: set[int] = field(default_factory=set)
    beyond_city: bool = False

    @property
    def people(self) -> set[int]:
        return self.named | self.acted


def concerned(
    case: Case, posts: Iterable[str], organisation: Organisation | None, words: str = "", who: str = ""
) -> Concerned:
    """Everybody whom this case concerns: who is named, by post or in words, and who acted on the thing it is about."""
    found = Concerned()
    public = [Post(post) for post in posts if Post(post) in HOLDERS]
    for post in public:
        found.named |= set(holders(post, case.region_id).values_list("user_id", flat=True))
    if organisation is not None:
        found.named_organisations.add(organisation.pk)
    _by_name(case, found, words, who)
    _by_object(case, found, set(posts))
    found.beyond_city = bool(public) or _holds_public_post(found.people, city_of(case.region_id))
    return found


def holders(post: Post, region: str) -> QuerySet[Assignment]:
    """Assignments, ended ones too, that a post means at a place: at it, under it, or over it."""
    roles, levels = HOLDERS[post]
    here = Q(region__in=[*ancestors_of(region), region]) | within("region", region)
    if post == Post.INSTITUTION:
        here = Q(site__region__in=[*ancestors_of(region), region]) | within("site__region", region)
    found = Assignment.objects.filter(here, role__in=roles)
    return found.filter(region__level__in=levels) if levels else found


def _by_name(case: Case, found: Concerned, words: str, who: str) -> None:
    """Officers whose name stands in the report, and inspectors' own organisations.

    A name of one word counts only where the report describes the person (`who`): in a story it may be any word. Names are
    compared here, since the database sees nothing of what is told.
    """
    story, person = f" {plain(words)} {plain(who)} ", f" {plain(who)} "
    posts = _public_posts(city_of(case.region_id))
    for user, written in posts.order_by().values_list("user_id", "user__name").distinct():
        name = _bare(written)
        if name and f" {name} " in (story if " " in name else person):
            found.named.add(user)
    members = posts.filter(role__in=(Role.INSPECTOR, Role.OVERSEER)).values("user")
    own = Organisation.objects.filter(assignments__user__in=members).distinct()
    for organisation, written in own.order_by().values_list("pk", "name"):
        if (name := plain(written)) and f" {name} " in story:
            found.named_organisations.add(organisation)


def _bare(name: str) -> str:
    """A person's name made comparable, without titles before and degrees behind."""
    parts = plain(name.partition(",")[0]).split()
    while parts and parts[0] in TITLES:
        parts.pop(0)
    return " ".join(parts)


def _by_object(case: Case, found: Concerned, posts: set[str]) -> None:
    """Who assessed, gave, delivered, reported and verified what the case is about."""
    needs, commitments, deliveries = _chain(case)
    handovers = Handover.objects.filter(delivery__in=deliveries)
    journals: tuple[QuerySet, ...] = (
        NeedMove.objects.filter(subject__in=needs),
        CommitmentMove.objects.filter(subject__in=commitments),
        DeliveryMove.objects.filter(subject__in=deliveries),
        HandoverMove.objects.filter(subject__in=handovers),
    )
    for moves in journals:
        found.acted |= set(moves.exclude(actor=None).values_list("actor_id", flat=True))
    for pair in handovers.values_list("reported_by_id", "verified_by_id"):
        found.acted |= {user for user in pair if user is not None}
    found.acted_organisations |= set(
        Delivery.objects.filter(pk__in=deliveries).values_list("executor_id", flat=True)
    )
    for giver, aggregator in Commitment.objects.filter(pk__in=commitments).values_list(
        "pledge__collaborator_id", "aggregator_id"
    ):
        found.acted_organisations |= {aggregator} if aggregator else set()
        found.named_organisations |= {giver} if Post.COLLABORATOR in posts else set()


def _chain(case: Case) -> tuple[set[int], set[int], set[int]]:
    """(needs, commitments, deliveries) of what the case is about."""
    if case.delivery_id or case.handover:
        delivery = case.delivery_id or (case.handover.delivery_id if case.handover else None)
        pairs = Allocation.objects.filter(lines__delivery=delivery).values_list("need_id", "commitment_id")
        return (
            {need for need, _c in pairs if need},
            {one for _n, one in pairs},
            {delivery} if delivery else set(),
        )
    if case.need_id:
        allocations = Allocation.objects.filter(need=case.need_id)
        commitments = set(allocations.values_list("commitment_id", flat=True))
        deliveries = set(allocations.exclude(lines=None).values_list("lines__delivery_id", flat=True))
        return {case.need_id}, commitments, deliveries
    return set(), set(), set()


def _public_posts(city: str) -> QuerySet[Assignment]:
    """Assignments, ended ones too, of public offices in a city and over it."""
    here = Q(region__in=[*ancestors_of(city), city]) | within("region", city) | within("site__region", city)
    return Assignment.objects.filter(here, role__in=PUBLIC_ROLES)


def _holds_public_post(people: set[int], city: str) -> bool:
    return _public_posts(city).filter(user__in=people).exists()


def inspectors_of(office: str) -> QuerySet[User]:
    """Inspectors in force of just this office."""
    posts = Assignment.objects.in_force().filter(role=Role.INSPECTOR, region=office)
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("pk")


def able(case: Case, office: str) -> list[User]:
    """The inspectors of an office whom the case does not concern: those who would see it there."""
    return [user for user in inspectors_of(office) if _free(case, user)]


def _free(case: Case, user: User) -> bool:
    """Whether nothing keeps this person from the case, wherever its office is."""
    if case.reporter_id == user.pk:
        return False
    own = user.assignments
    if case.parties.filter(Q(user=user) | Q(organisation__in=own.values("organisation"))).exists():
        return False
    over = own.in_force().filter(
        role__in=SUPERIOR_ROLES, region__in=[*ancestors_of(case.region_id), case.region_id]
    )
    return not (case.beyond_city and over.exists())


def office_for(case: Case) -> str:
    """The lowest office that may look at it and has somebody who can; the province where nobody else has."""
    city = city_of(case.region_id)
    province = ancestors_of(case.region_id)[0] if case.region.level != Level.PROVINCE else case.region_id
    if case.beyond_city or city == province or not able(case, city):
        return province
    return city
