from django.urls import include, path

from accounts.views.account import account, sign_out_everywhere
from accounts.views.invitation import invitation
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
    path("akun/", account, name="account"),
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
