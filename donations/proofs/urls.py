from django.urls import path

from donations.proofs.views import own, public

urlpatterns = [
    path("ikrar/<int:pk>/surat.pdf", own.pledge_letter, name="pledge_letter"),
    path("komitmen/<int:pk>/piagam/", own.issue_certificate, name="issue_certificate"),
    path("bukti/", own.proofs, name="proofs"),
    path("bukti/laporan/", own.issue_report, name="issue_report"),
    path("bukti/<slug:code>/", own.proof, name="proof"),
    path("bukti/<slug:code>/berkas.pdf", own.proof_file, name="proof_file"),
    path("bukti/<slug:code>/tindakan/<slug:verb>/", own.proof_verb, name="proof_verb"),
    path("dampak/<slug:code>/", public.shared_proof, name="shared_proof"),
    path("dampak/<slug:code>/berkas.pdf", public.shared_proof_file, name="shared_proof_file"),
    path("cek/", public.check, name="check"),
    path("cek/berkas/", public.check_any_file, name="check_any_file"),
    path("cek/<slug:code>/", public.check_proof, name="check_proof"),
    path("cek/<slug:code>/berkas/", public.check_file, name="check_file"),
]
