"""Addresses of the administration of programs, under kelola/program/."""

from django.urls import path

from programs.views import administration

urlpatterns = [
    path("", administration.kept_programs, name="program_admin"),
    path("baru/", administration.found_program, name="found_program"),
    path("<slug:code>/", administration.kept_program, name="kept_program"),
    path("<slug:code>/ubah/", administration.edit_kept_program, name="edit_program"),
    path("<slug:code>/jalankan/", administration.run_program, name="run_program"),
    path("<slug:code>/jeda/", administration.pause_kept_program, name="pause_program"),
    path("<slug:code>/akhiri/", administration.end_kept_program, name="end_program"),
    path("<slug:code>/bentuk/baru/", administration.new_aid_type, name="new_aid_type"),
    path("<slug:code>/bentuk/<int:pk>/", administration.change_aid_type, name="change_aid_type"),
]
