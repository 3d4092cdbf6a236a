"""What a pledge to a need that everybody wants costs: the machine's load does not change this number."""

import pytest

from donations.pledges.actions import Promise, submit
from tests.factories import collaborator, make_need, organisation_of

pytestmark = pytest.mark.django_db

# The room, the scope, the pledge, the commitment, its journal, who is told of it, their notices, and last the
# allocation, which locks the need.
STATEMENTS = 8


def test_pledge_to_a_need_takes_eight_statements_and_locks_it_with_the_last(
    django_assert_num_queries, django_capture_on_commit_callbacks
):
    need, giver = make_need(), collaborator()
    organisation = organisation_of(giver)
    submit(collaborator=organisation, by=giver, promises=[Promise(quantity=1, need=need)])
    giver.__dict__.pop("_scope", None)
    with (
        django_capture_on_commit_callbacks(execute=True),
        # In a test the transaction is a savepoint, with a statement at its beginning and at its end.
        django_assert_num_queries(STATEMENTS + 2) as seen,
    ):
        submit(collaborator=organisation, by=giver, promises=[Promise(quantity=1, need=need)])
    last = seen.captured_queries[-2]["sql"]
    assert 'INSERT INTO "donations_allocation"' in last
