"""Addresses of what officers do with commitments."""

from django.urls import path

from donations.pledges.views.officers import commitment_verb
from donations.pledges.views.redirects import redirect_new, redirect_verb

urlpatterns = [
    path("komitmen/<int:pk>/alihkan/", redirect_new, name="redirect_new"),
    path("pengalihan/<int:pk>/<slug:verb>/", redirect_verb, name="redirect_verb"),
    path("komitmen/<int:pk>/<slug:verb>/", commitment_verb, name="commitment_verb"),
]
