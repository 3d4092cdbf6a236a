"""Addresses of reports of misconduct."""

from django.urls import path

from donations.misconduct.views import flow, follow, officers, public

urlpatterns = [
    path("lapor/", public.misconduct, name="misconduct"),
    path("lapor/baru/", flow.misconduct_new, name="misconduct_new"),
    path("lapor/baru/<uuid:key>/hapus/", flow.misconduct_discard, name="misconduct_discard"),
    path("lapor/baru/<uuid:key>/bukti/<int:pk>/hapus/", flow.misconduct_drop, name="misconduct_drop"),
    path("lapor/baru/<uuid:key>/<str:step>/", flow.misconduct_step, name="misconduct_step"),
    path("lapor/terkirim/", follow.misconduct_sent, name="misconduct_sent"),
    path("lapor/pantau/", follow.misconduct_follow, name="misconduct_follow"),
    path("lapor/pantau/tutup/", follow.misconduct_close, name="misconduct_close"),
    path("lapor/saya/", follow.my_misconduct, name="my_misconduct"),
    path("lapor/saya/<str:code>/", follow.misconduct_own, name="misconduct_own"),
    path("lapor/kasus/", officers.misconduct_cases, name="misconduct_cases"),
    path("lapor/kasus/<str:code>/", officers.misconduct_case, name="misconduct_case"),
    path("lapor/kasus/<str:code>/bukti/<int:pk>/", officers.misconduct_evidence, name="misconduct_evidence"),
    path("lapor/kasus/<str:code>/<str:verb>/", officers.misconduct_verb, name="misconduct_verb"),
    path("lapor/akses/", officers.misconduct_log, name="misconduct_log"),
]
