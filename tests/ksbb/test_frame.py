"""The frame of every page: cacheable for visitors, linked only to pages that exist, the same page in both languages."""

import re

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import success
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from ksbb import errors
from ksbb.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ksbb.test_frame")]


def raising(error):
    @login_not_required
    def view(request):
        raise error

    return view


@login_not_required
def plain(request, **kwargs):
    return render(request, "base.html")


@login_not_required
def with_message(request):
    success(request, "Tersimpan.")
    return HttpResponse("ok")


@login_not_required
def too_many(request):
    return errors.too_many(request)


urlpatterns = i18n_patterns(
    path("", plain, name="home"),
    path("kebutuhan/", plain, name="needs"),
    path("kebutuhan/<int:pk>/", plain, name="need"),
    path("pesan/", with_message),
    path("salah/400/", raising(BadRequest())),
    path("salah/403/", raising(PermissionDenied())),
    path("salah/403-sebab/", raising(PermissionDenied("Pemeriksa bukan pelapor."))),
    path("salah/429/", too_many),
    path("salah/500/", raising(RuntimeError("rahasia"))),
    path("akun/", include("allauth.urls")),
)


def text(response):
    return response.content.decode()


def test_a_visitors_page_may_be_cached(client):
    response = client.get("/id/")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrfmiddlewaretoken" not in text(response)


def test_header_marks_the_page_and_those_under_it(client):
    assert '<a href="/id/kebutuhan/" aria-current="page">' in text(client.get("/id/kebutuhan/"))
    assert '<a href="/id/kebutuhan/" aria-current="true">' in text(client.get("/id/kebutuhan/7/"))
    assert 'aria-current="page"' not in text(client.get("/id/"))


def test_links_lead_only_to_pages_that_exist(client):
    hrefs = set(re.findall(r'<a [^>]*href="(/id/[^"]*)"', text(client.get("/id/"))))
    assert hrefs == {"/id/", "/id/kebutuhan/", "/id/akun/login/", "/id/akun/signup/"}


def test_the_other_language_is_the_same_page(client):
    page = text(client.get("/id/kebutuhan/?urut=kurang&hal=2"))
    assert 'href="/en/kebutuhan/?urut=kurang&amp;hal=2"' in page
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/kebutuhan/">' in page
    assert '<link rel="canonical" href="http://testserver/id/kebutuhan/">' in page
    assert '<meta property="og:url" content="http://testserver/id/kebutuhan/?urut=kurang&amp;hal=2">' in page
    assert '<html lang="en">' in text(client.get("/en/kebutuhan/"))


def test_whoever_is_signed_in_finds_a_way_out(client, django_user_model):
    user = django_user_model(name="Asesor Selatan", email="asesor@demo.test")
    user.set_password("ksbb-demo")
    user.save()
    client.force_login(user)
    page = text(client.get("/id/"))
    assert "Asesor Selatan" in page
    assert 'action="/id/akun/logout/" method="post"' in page
    assert "csrfmiddlewaretoken" in page


def test_a_message_is_shown_once(client):
    client.get("/id/pesan/")
    assert "Tersimpan." in text(client.get("/id/"))
    assert "Tersimpan." not in text(client.get("/id/"))


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
@pytest.mark.parametrize("language", ["id", "en"])
def test_error_pages_say_what_to_do_next(client, status, language):
    client.raise_request_exception = False
    response = client.get(f"/{language}/salah/{status}/")
    assert response.status_code == status
    page = text(response)
    assert f'<html lang="{language}">' in page
    assert f'href="/{language}/"' in page
    assert "rahasia" not in page
    assert not response.cookies


def test_a_name_that_is_not_ours_is_refused(client):
    response = client.get("/id/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "alamat itu" in text(response)


def test_a_refusal_gives_its_reason(client):
    assert "Pemeriksa bukan pelapor." in text(client.get("/id/salah/403-sebab/"))


def test_a_stale_form_is_told_so(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/id/", {"x": "1"})
    assert response.status_code == 403
    assert "Belum ada yang terkirim." in text(response)


def test_the_500_page_survives_its_own_template(client, settings, tmp_path):
    (tmp_path / "error.html").write_text("{% no_such_tag %}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    client.raise_request_exception = False
    response = client.get("/id/salah/500/")
    assert response.status_code == 500
    assert "Ada yang rusak" in text(response)


def test_sample_data_is_named_on_every_page(client, settings):
    from django.core.cache import cache

    from regions.models import SampleData
    from regions.queries import forget_sample_data

    assert "samplebar" not in text(client.get("/id/"))
    SampleData.objects.create()
    forget_sample_data()
    assert "Data contoh." in text(client.get("/id/"))
    cache.clear()
