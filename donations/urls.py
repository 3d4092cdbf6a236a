"""Addresses of the rooms, and of the public pages that show gifts and arrivals beside needs."""

from django.urls import include, path

from donations.opendata.urls import data_urlpatterns as opendata_urlpatterns
from donations.stories.urls import data_urlpatterns as picture_urlpatterns
from donations.views.collaborator import collaborator, collaborator_logo
from donations.views.collaborators import collaborators
from donations.views.home import home
from donations.views.need import need
from donations.views.preview import preview_picture
from donations.views.program import program
from donations.views.proposal import proposal
from donations.views.region import region

# Each address is tried in turn: those that hundreds ask for at the same moment come first.
first_urlpatterns = [path("", include("donations.pledges.urls"))]
urlpatterns = [
    path("", home, name="home"),
    path("kebutuhan/<int:pk>/", need, name="need"),
    path("program/<slug:code>/", program, name="program"),
    path("usulan/<int:pk>/", proposal, name="proposal"),
    path("wilayah/<region:code>/", region, name="region"),
    path("kolaborator/", collaborators, name="collaborators"),
    path("kolaborator/<int:pk>/", collaborator, name="collaborator"),
    path("kolaborator/<int:pk>/logo.png", collaborator_logo, name="collaborator_logo"),
    path("", include("donations.proofs.urls")),
    # Choosing photos and telling a story lie under a report's address, before the steps of its form.
    path("", include("donations.stories.urls")),
    # Confirming a report lies under its address, too.
    path("", include("donations.confirmations.urls")),
    # The report of a delivery lies under the delivery's address, so the later room is asked first.
    path("", include("donations.handovers.urls")),
    path("", include("donations.deliveries.urls")),
    path("", include("donations.messages.urls")),
    path("", include("donations.pledges.officer_urls")),
    path("", include("donations.assets.urls")),
    path("", include("donations.misconduct.urls")),
    path("", include("donations.outside.urls")),
    path("", include("donations.desk.urls")),
    path("", include("donations.statistics.urls")),
    path("", include("donations.opendata.urls")),
]
data_urlpatterns = [
    *opendata_urlpatterns,
    *picture_urlpatterns,
    path(
        "gambar/<str:language>/<slug:kind>/<str:key>/<slug:fingerprint>.png",
        preview_picture,
        name="preview_picture",
    ),
]
