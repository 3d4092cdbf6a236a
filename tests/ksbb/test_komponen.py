"""The sheet of components: on a laptop only."""

import pytest
from django.conf.urls.i18n import i18n_patterns

from ksbb import komponen
from ksbb.komponen.specimens import specimens

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ksbb.test_komponen")]
urlpatterns = i18n_patterns(*komponen.urlpatterns)


@pytest.mark.parametrize("query", ["", "?salah=1", "alur/"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_sheet_draws_every_component(client, settings, language, query):
    settings.DEBUG = True
    response = client.get(f"/{language}/komponen/{query}")
    assert response.status_code == 200
    page = response.content.decode()
    assert ' style="' not in page
    assert page.count("<script") == page.count("<script src=")


@pytest.mark.parametrize("page", ["", "alur/"])
def test_sheet_is_not_there_in_production(client, page):
    assert client.get(f"/id/komponen/{page}").status_code == 404


def test_every_partial_names_its_arguments(settings):
    for partial in (settings.BASE_DIR / "templates" / "components").glob("*.html"):
        assert "{% comment %}" in partial.read_text(), partial.name


def test_specimens_contradict_nothing():
    assert all(sum(one.parts) == one.target for one in specimens()["coverages"])
