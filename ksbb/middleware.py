"""What no page can do anything with is taken away before any of them sees it; browsers hear what pages use."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from ksbb.policies import PERMISSIONS_POLICY

NUL, WRITTEN = "\x00", "%00"


class NoNulInAddress:
    """No text of the database may hold a NUL: there is no page at such a path, and a query loses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if WRITTEN in query:
            while WRITTEN in query:
                query = query.replace(WRITTEN, "")
            request.META["QUERY_STRING"] = query
            request.__dict__.pop("GET", None)  # read already by somebody before us
        return self.get_response(request)


class PermissionsPolicy:
    """Says to browsers what a page here may use of a phone: where it is, and its camera, for reports; nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
