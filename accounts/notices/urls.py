from django.urls import path

from accounts.notices.views import notice, notice_preferences, notices, notices_read, notices_stop

urlpatterns = [
    path("kabar/", notices, name="notices"),
    path("kabar/dibaca/", notices_read, name="notices_read"),
    path("kabar/<int:pk>/", notice, name="notice"),
    path("kabar/berhenti/<str:token>/", notices_stop, name="notices_stop"),
    path("akun/kabar/", notice_preferences, name="notice_preferences"),
]
