from django.urls import path

from donations.confirmations.views import officers, public

urlpatterns = [
    path("konfirmasi/", public.confirmation_lookup, name="confirmation_lookup"),
    path("konfirmasi/<str:code>/", public.confirmation, name="confirmation"),
    path("laporan/<int:pk>/konfirmasi/", officers.confirmation_own, name="confirmation_own"),
    path("laporan/<int:pk>/undian/", officers.draw_new, name="draw_new"),
    path("laporan/<int:pk>/undian/slip.pdf", officers.draw_slips, name="draw_slips"),
    path("laporan/<int:pk>/undian/batal/", officers.draw_cancel, name="draw_cancel"),
]
