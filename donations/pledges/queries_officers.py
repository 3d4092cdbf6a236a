"""What officers choose from when they work on a commitment."""

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from accounts.models import Organisation, User
from accounts.models.organisations import OrganisationState
from accounts.roles import Permission
from accounts.scope import Scope, within
from donations.pledges.models import Commitment
from programs.models import Need

SUGGESTED = 100


def needs_to_allocate(commitment: Commitment, user: User) -> QuerySet[Need]:
    """Open needs of the same aid type in this officer's area: those within the commitment's region first,
    then those that miss most. At most `SUGGESTED`."""
    near = Case(
        When(within("region", commitment.region_id), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    allowed = (
        Need.objects.open()
        .filter(
            Scope.of(user).as_q(Permission.COMMITMENT_ALLOCATE, Need.SCOPE_PATHS),
            aid_type=commitment.aid_type_id,
        )
        .annotate(near=near, gap=F("target") - F("held") - F("reserved"))
        .order_by("near", "-gap", "deadline", "pk")
    )
    # A choice is looked up by its key among these, so the limit is taken inside.
    chosen = list(allowed.values_list("pk", flat=True)[:SUGGESTED])
    return allowed.filter(pk__in=chosen).select_related("aid_type", "region", "site")


def executors_for(commitment: Commitment) -> QuerySet[Organisation]:
    """Executors, the commitment's aggregator, and its collaborator: the active ones, who may plan deliveries."""
    own = (commitment.aggregator_id, commitment.pledge.collaborator_id)
    return Organisation.objects.filter(
        Q(is_executor=True) | Q(pk__in=own), state=OrganisationState.ACTIVE
    ).order_by("name", "pk")
