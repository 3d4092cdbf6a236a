"""A collaborator's own public page: what may be named, and nothing else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation
from donations.pledges.models import Commitment
from donations.proofs import actions
from tests.donations.proofs.making import certificate, giver, verified

pytestmark = pytest.mark.django_db


def presented() -> Organisation:
    _user, organisation = giver(has_page=True)
    return organisation


def test_page_adds_up_named_pledges_only_and_leads_to_their_rows(client: Client) -> None:
    organisation = presented()
    named, hidden = verified(organisation, quantity=100), verified(organisation, quantity=7, named=False)
    answer = client.get(reverse("collaborator", args=[organisation.pk]))
    (line,) = answer.context["lines"]
    assert (line.commitments, line.promised, line.verified) == (1, 100, 100)
    needs = [row["need"].pk for row in answer.context["rows"]]
    assert needs == [named.allocations.get().need_id]
    assert hidden.allocations.get().need_id not in needs
    assert reverse("need", args=needs) in answer.content.decode()


def test_page_shows_documents_that_are_shared_now(client: Client) -> None:
    organisation = presented()
    proof = certificate(verified(organisation))
    address = reverse("collaborator", args=[organisation.pk])
    assert client.get(address).context["proofs"] == []
    actions.share(proof=proof, by=None)
    assert reverse("shared_proof", args=[proof.code]) in client.get(address).content.decode()


def test_list_of_collaborators_leads_to_the_pages_that_are_wished_for(client: Client) -> None:
    organisation = presented()
    verified(organisation)
    _user, without = giver()
    verified(without)
    page = client.get(reverse("collaborators")).content.decode()
    assert reverse("collaborator", args=[organisation.pk]) in page
    assert reverse("collaborator", args=[without.pk]) not in page


def test_page_asks_the_same_number_of_queries_for_many_rows(client: Client) -> None:
    organisation = presented()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(reverse("collaborator", args=[organisation.pk]))
        return len(found)

    verified(organisation)
    asked()
    one = asked()
    for _more in range(3):
        verified(organisation)
    assert asked() == one
    assert Commitment.objects.count() == 4
