"""Context layers of the map: the list, loading a file, taking one off. For administrators of the whole province."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.layers import LayerFileForm
from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Place, Scope
from accounts.views.administration.frame import administering, frame, who
from regions.actions.indicators import load_indicators, remove_indicator
from regions.codes import Level
from regions.models import Indicator, Region

manages = administering(Permission.LAYER_MANAGE)


@manages
@require_safe
def layers(request: HttpRequest) -> HttpResponse:
    rows = Indicator.objects.annotate(counted=Count("values"))
    context = {"layers": rows, "may_load": keeps_all(who(request))}
    return render(request, "administration/layers.html", frame(request, "layers", **context))


@manages
@require_http_methods(["GET", "POST"])
def load_layers(request: HttpRequest) -> HttpResponse:
    """Load a file, or with `periksa` only say what would become of it. 422 with every wrong row."""
    _insist(request)
    posted = request.method == "POST"
    form = LayerFileForm(request.POST, request.FILES) if posted else LayerFileForm()
    done = []
    if posted and form.is_valid() and form.found:
        only_check = "periksa" in request.POST
        done = load_indicators(list(form.found.series.values()), dry_run=only_check)
        if not only_check:
            count = len(done)
            said = ngettext("%(count)s lapisan sudah dimuat.", "%(count)s lapisan sudah dimuat.", count)
            messages.success(request, said % {"count": count})
            return redirect("layers")
    faults = form.found if form.found and form.found.faults else None
    context = frame(request, "layers", form=form, faults=faults, checked=done)
    return render(request, "administration/layer_form.html", context, status=422 if form.errors else 200)


@manages
@require_POST
def remove_layer(request: HttpRequest, code: str) -> HttpResponse:
    _insist(request)
    layer = get_object_or_404(Indicator, code=code)
    remove_indicator(layer.code)
    messages.success(request, _("%(name)s sudah dihapus dari peta.") % {"name": layer.name})
    return redirect("layers")


def keeps_all(user: User) -> bool:
    """Whether somebody administers every province here: a layer lies over all of the map."""
    scope = Scope.of(user)
    provinces = Region.objects.at_level(Level.PROVINCE).values_list("code", flat=True)
    places = [Place(region=code) for code in provinces]
    return bool(places) and all(scope.covers(Permission.LAYER_MANAGE, place) for place in places)


def _insist(request: HttpRequest) -> None:
    if not keeps_all(who(request)):
        raise PermissionDenied(_("Lapisan peta dimuat oleh administrator provinsi."))
