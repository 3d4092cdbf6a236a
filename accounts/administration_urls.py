"""Addresses of administration, under kelola/."""

from django.urls import path

from accounts.views.administration import codes, invitations, layers, organisations, people, permits, sites

urlpatterns = [
    path("", people.administration, name="administration"),
    path("orang/", people.people, name="people"),
    path("orang/<int:pk>/", people.person, name="person"),
    path("orang/<int:pk>/tugaskan/", people.appoint_person, name="appoint"),
    path("orang/<int:pk>/ubah/", people.correct_person, name="correct_person"),
    path("orang/<int:pk>/nonaktifkan/", people.deactivate_person, name="deactivate_person"),
    path("orang/<int:pk>/aktifkan/", people.reactivate_person, name="reactivate_person"),
    path("orang/<int:pk>/kode/", codes.issue, name="issue_code"),
    path("tugas/<int:pk>/masa/", people.change_term, name="change_term"),
    path("tugas/<int:pk>/akhiri/", people.end_assignment, name="end_assignment"),
    path("undangan/", invitations.invitations, name="invitations"),
    path("undangan/baru/", invitations.invite_person, name="invite"),
    path("undangan/<int:pk>/kirim-ulang/", invitations.resend_invitation, name="resend_invitation"),
    path("undangan/<int:pk>/cabut/", invitations.revoke_invitation, name="revoke_invitation"),
    path("organisasi/", organisations.organisations, name="organisations"),
    path("organisasi/baru/", organisations.register_organisation, name="register_organisation"),
    path("organisasi/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisasi/<int:pk>/ubah/", organisations.edit_organisation, name="edit_organisation"),
    path("organisasi/<int:pk>/bekukan/", organisations.suspend_organisation, name="suspend_organisation"),
    path(
        "organisasi/<int:pk>/aktifkan/", organisations.reinstate_organisation, name="reinstate_organisation"
    ),
    path("organisasi/<int:pk>/konfirmasi/", organisations.confirm_organisation, name="confirm_organisation"),
    path("organisasi/<int:pk>/izin/baru/", permits.record, name="record_permit"),
    path("izin/<int:pk>/", permits.permit, name="permit"),
    path("izin/<int:pk>/ubah/", permits.edit, name="edit_permit"),
    path("izin/<int:pk>/bekukan/", permits.suspend, name="suspend_permit"),
    path("izin/<int:pk>/berlakukan/", permits.reinstate, name="reinstate_permit"),
    path("izin/<int:pk>/cabut/", permits.revoke, name="revoke_permit"),
    path("lapisan/", layers.layers, name="layers"),
    path("lapisan/muat/", layers.load_layers, name="load_layers"),
    path("lapisan/<slug:code>/riwayat/", layers.layer, name="layer"),
    path("lapisan/<slug:code>/berkas.csv", layers.layer_file, name="layer_file"),
    path("lapisan/<slug:code>/hapus/", layers.remove_layer, name="remove_layer"),
    path("lapisan/<slug:code>/tampilkan/", layers.restore_layer, name="restore_layer"),
    path("lembaga/", sites.sites, name="sites"),
    path("lembaga/baru/", sites.add_site, name="add_site"),
    path("lembaga/<int:pk>/", sites.site, name="site"),
    path("lembaga/<int:pk>/ubah/", sites.edit_site, name="edit_site"),
    path("lembaga/<int:pk>/nonaktifkan/", sites.deactivate_site, name="deactivate_site"),
    path("lembaga/<int:pk>/aktifkan/", sites.reactivate_site, name="reactivate_site"),
]
