"""Addresses of conversations; before those of the verbs on a commitment, which lie at the same depth."""

from django.urls import path

from donations.messages.views.files import message_file
from donations.messages.views.threads import settle_thread, thread, threads, withdraw_message

urlpatterns = [
    path("pesan/", threads, name="threads"),
    path("pesan/lampiran/<int:pk>/", message_file, name="message_file"),
    path("komitmen/<int:pk>/pesan/", thread, name="thread"),
    path("komitmen/<int:pk>/pesan/cukup/", settle_thread, name="settle_thread"),
    path("komitmen/<int:pk>/pesan/<int:message>/tarik/", withdraw_message, name="withdraw_message"),
]
