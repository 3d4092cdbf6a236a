"""All addresses: pages under /id/ and /en/, data and health without a language."""

from importlib import import_module

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from ksbb import komponen
from ksbb.health import healthz, readyz
from ksbb.sitemaps import robots, sitemap, sitemap_section
from ksbb.worker import worker

APPS = ("programs", "donations", "accounts")


def of_apps(name: str) -> list[URLPattern | URLResolver]:
    """The list called `name` of every app's urls module that has one, as includes at the root."""
    modules = [import_module(f"{app}.urls") for app in APPS]
    return [path("", include(getattr(module, name))) for module in modules if hasattr(module, name)]


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("sw.js", worker, name="worker"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap_section"),
    *of_apps("data_urlpatterns"),
    *i18n_patterns(
        *of_apps("first_urlpatterns"),
        # Of two addresses with one name the later is linked to: ours.
        path("akun/", include("allauth.urls")),
        *of_apps("urlpatterns"),
        *(komponen.urlpatterns if settings.DEBUG else []),
        prefix_default_language=True,
    ),
]

handler400 = "ksbb.errors.bad_request"
handler403 = "ksbb.errors.forbidden"
handler404 = "ksbb.errors.not_found"
handler429 = "ksbb.errors.too_many"
handler500 = "ksbb.errors.server_error"
