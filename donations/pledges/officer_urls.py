"""Addresses of what officers do with commitments."""

from django.urls import path

from donations.pledges.views.officers import commitment_verb

urlpatterns = [
    path("komitmen/<int:pk>/<slug:verb>/", commitment_verb, name="commitment_verb"),
]
