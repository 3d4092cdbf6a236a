"""Addresses of proposals. The public page of one is composed in donations, which knows what arrived."""

from django.urls import path, register_converter

from programs.proposals.views.flow import proposal_new, proposal_step
from programs.proposals.views.officers import (
    desk_proposal,
    desk_proposals,
    proposal_link,
    proposal_unlink,
)
from programs.proposals.views.own import my_proposals, proposal_edit, proposal_sent, proposal_verb
from programs.proposals.views.reading import (
    proposal_draft_picture,
    proposal_picture,
    proposal_rules,
    proposal_similar,
    proposals,
)
from programs.proposals.views.thread import (
    comment_edit,
    comment_report,
    comment_verb,
    proposal_comment,
    proposal_report,
    proposal_support,
)


class Words:
    """One of the words in an address that name a verb with a page of its own."""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ProposalVerb(Words):
    regex = "publish|hide|appeal|restore|uphold|keep|close|reopen|withdraw"


class CommentVerb(Words):
    regex = "hide|appeal|restore|uphold|keep|withdraw"


register_converter(ProposalVerb, "proposal_verb")
register_converter(CommentVerb, "comment_verb")

urlpatterns = [
    path("usulan/", proposals, name="proposals"),
    path("usulan/aturan/", proposal_rules, name="proposal_rules"),
    path("usulan/serupa/", proposal_similar, name="proposal_similar"),
    path("usulan/saya/", my_proposals, name="my_proposals"),
    path("usulan/baru/", proposal_new, name="proposal_new"),
    path("usulan/baru/<uuid:key>/gambar.jpg", proposal_draft_picture, name="proposal_draft_picture"),
    path("usulan/baru/<uuid:key>/<str:step>/", proposal_step, name="proposal_step"),
    path("usulan/<int:pk>/gambar.jpg", proposal_picture, name="proposal_picture"),
    path("usulan/<int:pk>/terkirim/", proposal_sent, name="proposal_sent"),
    path("usulan/<int:pk>/ubah/", proposal_edit, name="proposal_edit"),
    path("usulan/<int:pk>/dukung/", proposal_support, name="proposal_support"),
    path("usulan/<int:pk>/tanggapan/", proposal_comment, name="proposal_comment"),
    path("usulan/<int:pk>/lapor/", proposal_report, name="proposal_report"),
    path("usulan/<int:pk>/kebutuhan/", proposal_link, name="proposal_link"),
    path("usulan/<int:pk>/kebutuhan/<int:need>/lepas/", proposal_unlink, name="proposal_unlink"),
    path("usulan/<int:pk>/<proposal_verb:verb>/", proposal_verb, name="proposal_verb"),
    path("usulan/tanggapan/<int:pk>/ubah/", comment_edit, name="comment_edit"),
    path("usulan/tanggapan/<int:pk>/lapor/", comment_report, name="comment_report"),
    path("usulan/tanggapan/<int:pk>/<comment_verb:act>/", comment_verb, name="comment_verb"),
    path("meja/usulan/", desk_proposals, name="desk_proposals"),
    path("meja/usulan/<int:pk>/", desk_proposal, name="desk_proposal"),
]
