from django.urls import path

from programs.adjustments import views

urlpatterns = [
    path("kebutuhan/<int:pk>/minta/", views.adjustment_new, name="adjustment_new"),
    path("permintaan/<int:pk>/<slug:verb>/", views.adjustment_verb, name="adjustment_verb"),
]
