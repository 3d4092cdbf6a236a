"""The desk of whoever is signed in."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts import clock
from accounts.context import RANK, assignments_of
from accounts.devices import kept_on_phones
from accounts.http import MemberRequest
from accounts.roles import Permission, Role
from accounts.scope import Scope
from donations.assets import queries as assets
from donations.assets.models import Asset
from donations.confirmations.queries.reading import waiting_for_facilitator
from donations.desk import lists, mine, tasks
from donations.desk.panels import address, panel
from donations.desk.rows import quantities, rows
from programs.adjustments.wording import asking
from programs.models import Program
from programs.proposals.queries import waiting
from regions.notation import number, rupiah_short, when

PAGE = 25
TABS: dict[str, str | Promise] = {
    "": gettext_lazy("Semua"),
    "hubungi": gettext_lazy("Hubungi"),
    "ikrar": gettext_lazy("Ikrar"),
    "alokasi": gettext_lazy("Alokasi"),
    "pesan": gettext_lazy("Pesan"),
    "bast": gettext_lazy("BAST"),
    "pengiriman": gettext_lazy("Pengiriman"),
    "draf": gettext_lazy("Draf"),
    "permintaan": gettext_lazy("Permintaan"),
}
# Which desk a role works at.
DESKS = {
    Role.ASSESSOR: "asesor",
    Role.INSPECTOR: "pemeriksaan",
    Role.OVERSEER: "pengawasan",
    Role.OFFICIAL: "penerima",
    Role.FACILITATOR: "fasilitator",
    Role.AGGREGATOR: "bantuan",
    Role.EXECUTOR: "bantuan",
    Role.COLLABORATOR: "bantuan",
    Role.ADMINISTRATOR: "administrasi",
}
# Desks with pages of their own.
ELSEWHERE = {"pemeriksaan": "misconduct_cases", "pengawasan": "misconduct_log"}
DESK_LABELS: dict[str, str | Promise] = {
    "asesor": gettext_lazy("Asesor"),
    "pemeriksaan": gettext_lazy("Pemeriksaan"),
    "pengawasan": gettext_lazy("Pengawasan pemeriksaan"),
    "penerima": gettext_lazy("Penerima"),
    "fasilitator": gettext_lazy("Fasilitator"),
    "bantuan": gettext_lazy("Bantuan Anda"),
    "administrasi": gettext_lazy("Administrasi"),
}


@require_GET
@kept_on_phones
def desk(request: MemberRequest) -> HttpResponse:
    """What waits for this person. With several roles, `?peran=` chooses among their desks."""
    scope = Scope.of(request.user)
    names = list(dict.fromkeys(DESKS[role] for role in RANK if scope.has_role(role)))
    if not names:
        return render(request, "desk/nobody.html")
    wanted = request.GET.get("peran", "")
    name = wanted if wanted in names else names[0]
    if name in ELSEWHERE:
        return redirect(ELSEWHERE[name])
    context = {
        "role_assignment": next((a for a in assignments_of(request) if DESKS[Role(a.role)] == name), None),
        "desks": [
            {"label": DESK_LABELS[one], "href": f"?peran={one}", "current": one == name} for one in names
        ]
        if len(names) > 1
        else [],
        "desk_name": name,
    }
    return render(request, f"desk/{TEMPLATES[name]}.html", context | _CONTEXTS[name](request, scope))


class DeskFilters(forms.Form):
    """Text and program, kept beside the tab and the order."""

    q = forms.CharField(
        label=gettext_lazy("Cari"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("nama, wilayah, atau nomor"),
                                      "autocomplete": "off"}),
    )  # fmt: skip
    program = forms.ModelChoiceField(
        Program.objects.all(), label=gettext_lazy("Program"), required=False,
        empty_label=gettext_lazy("semua program"),
    )  # fmt: skip
    peringatan = forms.ChoiceField(
        label=gettext_lazy("Peringatan"), required=False,
        choices=(("", gettext_lazy("semua")), ("ada", gettext_lazy("ada peringatan"))),
    )  # fmt: skip
    jenis = forms.CharField(required=False, widget=forms.HiddenInput)
    urut = forms.CharField(required=False, widget=forms.HiddenInput)
    peran = forms.CharField(required=False, widget=forms.HiddenInput)


def chosen_by(request: MemberRequest) -> tuple[DeskFilters, tasks.Filters]:
    """The filters of the page's address, and what they ask for; what is wrong in it asks for nothing."""
    form = DeskFilters(request.GET)
    form.is_valid()
    program = form.cleaned_data.get("program")
    return form, tasks.Filters(
        text=form.cleaned_data.get("q") or "",
        program=program.pk if program else "",
        warned=bool(form.cleaned_data.get("peringatan")),
    )


def _assessor(request: MemberRequest, scope: Scope) -> dict[str, Any]:
    form, chosen = chosen_by(request)
    tab = request.GET.get("jenis", "")
    tab = tab if tab in TABS else ""
    order = request.GET.get("urut", "batas")
    counted = tasks.counts(scope, chosen)
    pages = Paginator(tasks.tasks(scope, tab, order, chosen), PAGE)
    pages.count = counted.of_tab(tab)  # known already: one query less
    page = pages.get_page(request.GET.get("hal"))
    found = rows(page.object_list)
    asked = request.GET.get("pilih", "")
    shown = panel(asked or (found[0].key if found else ""), request.user)
    if asked and shown is None:
        raise Http404
    return {
        "form": form,
        "tabs": [
            {"label": label, "count": counted.of_tab(name), "current": name == tab,
             "href": _query(request, jenis=name, hal="", pilih="") + "#daftar"}
            for name, label in TABS.items()
        ] + [{"label": _("Aset"), "count": Asset.objects.visible_to(request.user).due().count(),
              "href": f"{address('assets')}?periksa=waktunya"}],
        "orders": {
            name: {"href": _query(request, urut=f"-{name}" if order == name else name, hal="", pilih=""),
                   "sort": "ascending" if order == name else "descending" if order == f"-{name}" else ""}
            for name in ("batas", "nilai")
        },
        "rows": [(row, _query(request, pilih=row.key)) for row in found],
        "page": page,
        "panel": shown,
        "is_chosen": bool(asked),
        "csv_href": reverse("desk_reports_csv") + _asked(request) if tab == "bast" and found else "",
        "list_href": _query(request, pilih=""),
        "here": request.get_full_path(),
        "figures": _figures(tasks.figures(scope), request),
        "lagging": lists.lagging(request.user),
        "as_of": clock.now(),
        "may_accept": any(row.kind in ("contact", "answer") for row in found),
        "proposals_waiting": waiting(request.user),
    }  # fmt: skip


def _figures(found: tasks.Figures, request: MemberRequest) -> list[dict[str, Any]]:
    return [
        {"value": number(found.late_contacts), "label": _("lewat batas 2 × 24 jam"),
         "less": found.late_contacts > 0, "href": _query(request, jenis="hubungi", hal="", pilih="")},
        {"value": number(found.unanswered), "label": _("ikrar menunggu jawaban"),
         "note": _("menahan bantuan senilai %(value)s") % {"value": rupiah_short(found.held_value)}},
        {"value": number(found.unchecked), "label": _("BAST menunggu diperiksa"),
         "note": _("paling lama sejak %(day)s") % {"day": when(found.unchecked_since, "day_month")}
         if found.unchecked_since else ""},
        {"value": number(found.open_needs), "label": _("kebutuhan terbuka di wilayah Anda"),
         "note": _("masih kurang senilai %(value)s") % {"value": rupiah_short(found.missing_value)}},
    ]  # fmt: skip


def _query(request: MemberRequest, **changes: str) -> str:
    """This page's address with some of its query changed; an empty value takes it out."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}" if query else request.path


def _asked(request: MemberRequest) -> str:
    asked = _query(request, jenis="", urut="", hal="", pilih="", peran="")
    return asked if asked.startswith("?") else ""


def _giver(request: MemberRequest, scope: Scope) -> dict[str, Any]:
    user = request.user
    found = lists.commitments(mine.commitments_of(user), _by_giver(request))
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    trips = [(trip, quantities(trip)) for trip in mine.deliveries_under_way(user)[:PAGE]]
    return {
        "filters": _by_giver(request),
        "rows": [(item, mine.next_step(item, scope)) for item in page],
        "page": page,
        "deliveries": trips,
        "deliveries_href": address("deliveries"),
        "show_giver": scope.has_role(Role.AGGREGATOR, Role.EXECUTOR),
        "may_pledge": scope.may(Permission.PLEDGE_SUBMIT),
        "needs_href": address("needs"),
        "plan_href": address("delivery_plan"),
    }


def _by_giver(request: MemberRequest) -> lists.CommitmentFilters:
    return lists.CommitmentFilters(request.GET)


def _official(request: MemberRequest, scope: Scope) -> dict[str, Any]:
    found = mine.coming(request.user)
    due, due_count = assets.to_look_at(request.user)
    return {
        "assets_waiting": assets.waiting_for(request.user),
        "assets_due": due,
        "assets_due_count": due_count,
        "has_assets": bool(due) or Asset.objects.visible_to(request.user).exists(),
        "owed": [one for one in found if one.is_here],
        "later": [one for one in found if not one.is_here],
        "needs": [(need, asking(need)) for need in mine.own_needs(request.user)[:PAGE]],
        "guide_href": address("rw_guide"),
    }


def _facilitator(request: MemberRequest, scope: Scope) -> dict[str, Any]:
    page = Paginator(mine.deliveries_under_way(request.user), PAGE).get_page(request.GET.get("hal"))
    return {
        "deliveries": [(trip, quantities(trip)) for trip in page],
        "page": page,
        "to_confirm": list(waiting_for_facilitator(request.user)[:PAGE]),
        "people_href": address("people"),
        "proposals_waiting": waiting(request.user),
        "lagging": lists.lagging(request.user),
        "as_of": clock.now(),
    }


def _administrator(request: MemberRequest, scope: Scope) -> dict[str, Any]:
    pages = (
        ("administration", _("Administrasi"), _("Orang, organisasi, lembaga, dan program di wilayah Anda.")),
        ("people", _("Orang dan penugasan"), _("Undang orang, tugaskan, akhiri tugas.")),
        ("organisations", _("Organisasi dan izin"), _("Kolaborator, agregator, pelaksana, izin PUB.")),
        ("sites", _("Lembaga penerima"), _("Panti, pesantren, sekolah, dan lainnya.")),
        ("assets", _("Aset dari bantuan"), _("Barang tahan lama, pemeriksaannya, dan buku inventaris.")),
        ("program_admin", _("Program dan bentuk bantuan"), _("Nama, satuan, isi, nilai acuan.")),
    )
    listed = [
        {"label": label, "text": text, "href": href} for name, label, text in pages if (href := address(name))
    ]
    return {
        "links": listed, "lagging": lists.lagging(request.user), "as_of": clock.now(),
        "proposals_waiting": waiting(request.user),
    }  # fmt: skip


TEMPLATES = {
    "asesor": "assessor", "penerima": "official", "fasilitator": "facilitator", "bantuan": "giver",
    "administrasi": "administrator",
}  # fmt: skip
_CONTEXTS: dict[str, Callable[[MemberRequest, Scope], dict[str, Any]]] = {
    "asesor": _assessor, "penerima": _official, "fasilitator": _facilitator, "bantuan": _giver,
    "administrasi": _administrator,
}  # fmt: skip
