from django.urls import path

from accounts.notices.views import (
    drop_whatsapp,
    notice,
    notice_preferences,
    notices,
    notices_read,
    notices_stop,
    whatsapp_number,
)

urlpatterns = [
    path("kabar/", notices, name="notices"),
    path("kabar/dibaca/", notices_read, name="notices_read"),
    path("kabar/<int:pk>/", notice, name="notice"),
    path("kabar/berhenti/<str:token>/", notices_stop, name="notices_stop"),
    path("akun/kabar/", notice_preferences, name="notice_preferences"),
    path("akun/kabar/whatsapp/", whatsapp_number, name="whatsapp_number"),
    path("akun/kabar/whatsapp/hapus/", drop_whatsapp, name="drop_whatsapp"),
]
