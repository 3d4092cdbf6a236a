"""What a pledge to a need that everybody wants costs: the machine's load does not change this number."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donations.pledges.actions import Promise, submit
from donations.pledges.views.walk import SUMMARY
from tests.donations.pledges.walks import agreement, begin, step, walk
from tests.factories import collaborator, make_need, organisation_of

pytestmark = pytest.mark.django_db

# The scope, the pledge, the commitment, its journal, who is told of it, their notices, and last the allocation, which
# locks the need.
STATEMENTS = 7
# By its page in one transaction: the draft's lock, those above without the scope, and the draft that is a pledge now.
SENDING = 8
# PostgreSQL plans a question over a dozen tables longer than it does all the rest of a pledge.
MOST_JOINS = 3


def test_pledge_to_a_need_takes_seven_statements_and_locks_it_with_the_last(
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


def test_pledge_by_its_page_asks_little_and_of_few_tables_at_once(client: Client) -> None:
    giver = collaborator()
    client.force_login(giver)
    draft = walk(client, begin(client, make_need()))
    form = agreement(client, draft)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(step(draft, SUMMARY)).status_code == 200
        assert client.post(step(draft, SUMMARY), form).status_code == 302
    asked = [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]
    assert max(sql.count(" JOIN ") for sql in asked) <= MOST_JOINS
    first = next(place for place, sql in enumerate(asked) if "FOR UPDATE" in sql)
    assert len(asked[first:]) == SENDING
