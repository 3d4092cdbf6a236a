import pytest
from django.db import transaction

from regions.actions import mark_stale
from regions.models import StaleMark


@pytest.mark.django_db
def test_mark_stale_leaves_one_mark_a_city():
    mark_stale("31.74.01.1001.003", "31.74", "31.75.01", "31", "")
    assert sorted(StaleMark.objects.values_list("city_code", flat=True)) == ["", "31", "31.74", "31.75"]


@pytest.mark.django_db
def test_mark_stale_of_nothing_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        mark_stale()


@pytest.mark.django_db
def test_mark_stale_refuses_what_is_no_code():
    with pytest.raises(ValueError, match="Not a Kemendagri code"):
        mark_stale("3174")


@pytest.mark.django_db(transaction=True)
def test_mark_stale_belongs_into_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        mark_stale("31.74")
    assert not StaleMark.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_mark_stale_vanishes_with_the_change():
    def change():
        with transaction.atomic():
            mark_stale("31.74")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert not StaleMark.objects.exists()
