from django.urls import include, path

from accounts.views import organisation, own_data
from accounts.views.account import account, own_places, sign_out_everywhere
from accounts.views.invitation import invitation, renew_invitation
from accounts.views.login import login, to_login, to_signup
from accounts.views.phone import link_login, phone_login
from accounts.views.proof import email, prove_by_code, set_password, verification_sent
from accounts.views.signup import signup

urlpatterns = [
    path("kelola/", include("accounts.administration_urls")),
    path("daftar/", signup, name="account_signup"),
    path("masuk/", login, name="account_login"),
    path("masuk/telepon/", phone_login, name="phone_login"),
    path("masuk/tautan/<str:token>/", link_login, name="link_login"),
    path("undangan/<str:token>/", invitation, name="invitation"),
    path("", include("accounts.notices.urls")),
    path("undangan/<str:token>/baru/", renew_invitation, name="renew_invitation"),
    path("organisasi/", organisation.own_organisations, name="own_organisations"),
    path("organisasi/<int:pk>/", organisation.own_organisation, name="own_organisation"),
    path("organisasi/<int:pk>/profil/", organisation.profile, name="organisation_profile"),
    path("organisasi/<int:pk>/undang/", organisation.invite, name="invite_member"),
    path("organisasi/anggota/<int:pk>/<slug:verb>/", organisation.member_verb, name="member_verb"),
    path("organisasi/undangan/<int:pk>/<slug:verb>/", organisation.call_verb, name="call_verb"),
    path("akun/data/", own_data.own_data, name="own_data"),
    path("akun/data/salinan/", own_data.ask_copy, name="ask_copy"),
    path("akun/data/salinan/<str:key>.zip", own_data.copy_file, name="copy_file"),
    path("akun/data/hapus/", own_data.ask_erasure, name="ask_erasure"),
    path("akun/data/urungkan/", own_data.undo_erasure, name="undo_erasure"),
    path("akun/", account, name="account"),
    path("akun/tempat/", own_places, name="own_places"),
    path("akun/pastikan/", prove_by_code, name="prove_by_code"),
    path("akun/keluar-semua/", sign_out_everywhere, name="sign_out_everywhere"),
]
# Before allauth's addresses of the same pages: one page, one address.
first_urlpatterns = [
    path("akun/login/", to_login),
    path("akun/signup/", to_signup),
    path("akun/confirm-email/", verification_sent, name="account_email_verification_sent"),
    path("akun/email/", email, name="account_email"),
    path("akun/password/set/", set_password, name="account_set_password"),
]
