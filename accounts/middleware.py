"""Every page is private until someone decides otherwise."""

from django.contrib.auth.middleware import LoginRequiredMiddleware


class PrivateByDefault(LoginRequiredMiddleware):
    """Asks for sign-in on every view that is not marked with `@login_not_required`.

    A test holds the exact set of public URL names, so that a new page is private until it is added there.
    """
