import pytest

from accounts.errors import Refused
from donations.pledges.models import Pledge
from tests.factories import OrganisationFactory, make_commitment

pytestmark = pytest.mark.django_db


def test_submit_refuses_a_suspended_collaborator() -> None:
    with pytest.raises(Refused, match="dibekukan"):
        make_commitment(collaborator=OrganisationFactory(state="suspended"))
    assert not Pledge.objects.exists()
