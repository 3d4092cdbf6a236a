"""Addresses of what officers do with needs."""

from django.urls import path, register_converter

from programs.views.officers import need_aid, need_edit, need_new, need_recipients, need_revise, need_verb


class NeedVerb:
    """The verbs of a need that have a page of their own: other words under a need belong to other rooms."""

    regex = "publish|pause|resume|close|reopen"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NeedVerb, "need_verb")

urlpatterns = [
    path("kebutuhan/baru/", need_new, name="need_new"),
    path("kebutuhan/baru/penerima/", need_recipients, name="need_recipients"),
    path("kebutuhan/baru/bentuk/", need_aid, name="need_aid"),
    path("kebutuhan/<int:pk>/ubah/", need_edit, name="need_edit"),
    path("kebutuhan/<int:pk>/revisi/", need_revise, name="need_revise"),
    path("kebutuhan/<int:pk>/<need_verb:verb>/", need_verb, name="need_verb"),
]
