from django.urls import path

from accounts.views.signup import signup

urlpatterns = [
    path("daftar/", signup, name="account_signup"),
]
