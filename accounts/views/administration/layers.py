"""Context layers of the map: the list, one of them, loading a file. For administrators of the whole province."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.layers import Loaded, keeps_all, load, remove, restore, series_of
from accounts.forms.layers import LayerFileForm
from accounts.http import performing
from accounts.models import KeptLayer, LayerMove, Move
from accounts.roles import Permission
from accounts.views.administration.frame import JOURNAL, administering, frame, timeline, who
from regions.indicators import written
from regions.notation import number

manages = administering(Permission.LAYER_MANAGE)


@manages
@require_safe
def layers(request: HttpRequest) -> HttpResponse:
    rows = KeptLayer.objects.annotate(counted=Count("values")).order_by("-is_shown", "name_id", "code")
    context = {"layers": rows, "may_load": keeps_all(who(request))}
    return render(request, "administration/layers.html", frame(request, "layers", **context))


@manages
@require_safe
def layer(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, get_object_or_404(KeptLayer, pk=code))


@manages
@require_safe
def layer_file(request: HttpRequest, code: str) -> HttpResponse:
    """The layer as a file that may be loaded again."""
    found = get_object_or_404(KeptLayer, pk=code)
    answer = HttpResponse(written(series_of(found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="lapisan-{found.pk}.csv"'
    return answer


@manages
@require_http_methods(["GET", "POST"])
def load_layers(request: HttpRequest) -> HttpResponse:
    """Load a file, or with `periksa` only say what would become of it. 422 with every wrong row, 409 when overtaken."""
    _insist(request)
    posted = request.method == "POST"
    form = LayerFileForm(request.POST, request.FILES) if posted else LayerFileForm()
    done: list[Loaded] = []
    status = 200
    if posted:
        done, status = _load(request, form)
        if status == 200 and "periksa" not in request.POST:
            said = ngettext("%(count)s lapisan sudah dimuat.", "%(count)s lapisan sudah dimuat.", len(done))
            messages.success(request, said % {"count": len(done)})
            return redirect("layers")
    faults = form.found if form.found and form.found.faults else None
    context = frame(request, "layers", form=form, faults=faults, checked=done, seen=_newest())
    return render(request, "administration/layer_form.html", context, status=status)


def _load(request: HttpRequest, form: LayerFileForm) -> tuple[list[Loaded], int]:
    if not form.is_valid() or not form.found:
        return [], 422
    done: list[Loaded] = []
    with performing(request, form) as attempt:
        done = load(
            several=list(form.found.series.values()),
            by=who(request),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"] or 0,
            dry_run="periksa" in request.POST,
        )
    return done, attempt.status


def _verb(action: Callable[..., KeptLayer]) -> Callable[..., HttpResponse]:
    @manages
    @require_POST
    def view(request: HttpRequest, code: str) -> HttpResponse:
        _insist(request)
        found = get_object_or_404(KeptLayer, pk=code)
        with performing(request) as attempt:
            action(layer=found, by=who(request), reason=request.POST.get("reason", ""))
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("layer", code=found.pk)
        found.refresh_from_db()
        return _page(request, found, attempt.status)

    return view


remove_layer = _verb(remove)
restore_layer = _verb(restore)


def _page(request: HttpRequest, found: KeptLayer, status: int = 200) -> HttpResponse:
    moves = found.moves.select_related(*JOURNAL)
    context = {
        "layer": found,
        "counted": found.values.count(),
        "moves": timeline(moves, detail=_measured),
        "verbs": {verb.name for verb in KeptLayer.VERBS.possible(found.state)}
        if keeps_all(who(request))
        else set(),
    }
    return render(request, "administration/layer.html", frame(request, "layers", **context), status=status)


def _measured(move: Move) -> str:
    """What a row of the journal brought: "267 nilai, BPBD 2025; sebelumnya 260 nilai, BPBD 2024"."""
    if "values" not in move.data:
        return ""
    said = [
        _("%(count)s nilai, %(source)s %(year)s")
        % {"count": number(facts["values"]), "source": _(facts["source"]), "year": facts["as_of"][:4]}
        for facts in (move.data, move.data.get("before"))
        if facts
    ]
    return (
        said[0]
        if len(said) == 1
        else _("%(now)s; sebelumnya %(before)s") % {"now": said[0], "before": said[1]}
    )


def _newest() -> int:
    return LayerMove.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _insist(request: HttpRequest) -> None:
    if not keeps_all(who(request)):
        raise PermissionDenied(_("Lapisan peta dimuat oleh administrator provinsi."))
