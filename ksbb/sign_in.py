"""The forms of signing in, in our words: what allauth asks for, and which class answers."""

FORMS_OF_ACCOUNTS = {
    "login": "accounts.forms.entry.LoginForm",
    "reset_password": "accounts.forms.entry.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.entry.ResetPasswordKeyForm",
    "set_password": "accounts.forms.entry.SetPasswordForm",
    "change_password": "accounts.forms.entry.ChangePasswordForm",
    "add_email": "accounts.forms.entry.AddEmailForm",
    "reauthenticate": "accounts.forms.entry.ReauthenticateForm",
}
FORMS_OF_SECOND_FACTOR = {
    "authenticate": "accounts.forms.entry.AuthenticateForm",
    "reauthenticate": "accounts.forms.entry.ReauthenticateByCodeForm",
    "activate_totp": "accounts.forms.entry.ActivateTOTPForm",
}
