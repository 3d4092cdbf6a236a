"""The exact set of what anyone may open: a new page is private until it is added here on purpose."""

import uuid
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

PUBLIC = {
    # pages that everybody reads
    "about", "accessibility", "bast", "bast_lookup", "bast_photo", "definitions", "home", "map", "need", "needs",
    "collaborators", "collaborator", "collaborator_logo", "gallery", "gallery_photo", "stories", "story",
    "preview_picture",
    "open_data", "privacy", "program", "programs", "region", "rw_guide", "statistics",
    "statistics_rows", "statistics_rows_csv", "statistics_compare", "statistics_seminar",
    # what the label of an asset leads to
    "asset_public", "asset_public_photo",
    # a giver's document, by a code that nobody can guess: shared by its giver, or checked by who holds the paper
    "check", "check_proof", "check_file", "check_any_file", "shared_proof", "shared_proof_file",
    # what citizens propose; it is begun without an account, and its draft is found by a key that nobody can guess
    "proposal", "proposal_draft_picture", "proposal_new", "proposal_picture", "proposal_rules", "proposal_similar",
    "proposal_step", "proposals", "proposals_csv", "proposals_json", "proposals_csvw",
    "api_proposals", "api_proposals_row", "outside_figures_csv", "outside_figures_json", "outside_figures_csvw",
    "api_outside_figures", "api_outside_figures_row", "published_figures_csv", "published_figures_json",
    "published_figures_csvw", "api_published_figures", "api_published_figures_row", "misconduct_counts_csv",
    "misconduct_counts_json", "misconduct_counts_csvw", "api_misconduct_counts",
    "assets_csv", "assets_json", "assets_csvw", "api_assets",
    # data
    "map_figures", "map_layer", "map_outlines", "region_geojson", "catalogue", "iati_xml", "needs_feed",
    "handovers_feed", "embed", "embed_map", "embed_statistics",
    "needs_csv", "needs_json", "needs_geojson", "needs_csvw", "statistics_csv", "statistics_json", "statistics_csvw",
    "commitments_csv", "commitments_json", "commitments_csvw", "allocations_csv", "allocations_json",
    "allocations_csvw", "handovers_csv", "handovers_json", "handovers_geojson", "handovers_csvw", "programs_csv",
    "programs_json", "programs_csvw", "aid_types_csv", "aid_types_json", "aid_types_csvw", "regions_csv",
    "regions_json", "regions_geojson", "regions_csvw", "sites_csv", "sites_json", "sites_geojson", "sites_csvw",
    # the API and its reference
    "api_reference", "openapi_json", "api_root", "api_elsewhere", "api_nothing", "api_needs", "api_needs_row",
    "api_statistics",
    "api_commitments", "api_commitments_row", "api_allocations", "api_allocations_row", "api_handovers",
    "api_handovers_row", "api_programs", "api_programs_row", "api_aid_types", "api_aid_types_row", "api_regions",
    "api_regions_row", "api_sites", "api_sites_row",
    # what answers officials' pages while there is no signal; it holds nothing of anybody
    "worker",
    # for search engines
    "robots", "sitemap", "sitemap_section",
    # mails of notices are stopped without signing in, by an address that we signed
    "notices_stop",
    # for those who watch over the platform
    "healthz", "readyz",
    # a pledge begins without an account; its draft is found by a key that nobody can guess
    "offer", "pledge_aim", "pledge_drop", "pledge_line", "pledge_start", "pledge_step", "pledge_sum", "wish",
    # an arrival is confirmed by the code of a slip or a notice
    "confirmation", "confirmation_lookup", "confirmations_csv", "confirmations_json", "confirmations_csvw",
    "api_confirmations",
    # a report of misconduct is made and followed without an account; its draft has a key, the report a secret code
    "misconduct", "misconduct_new", "misconduct_step", "misconduct_drop", "misconduct_discard", "misconduct_sent",
    "misconduct_follow", "misconduct_close",
    # ways in: sign-in, sign-up, one-time links, a lost password, an address to confirm, the second factor
    "account_login", "account_signup", "akun/login/", "akun/signup/", "invitation", "renew_invitation", "link_login",
    "phone_login",
    "account_confirm_email", "account_confirm_login_code", "account_email_verification_sent", "account_inactive",
    "account_logout", "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate",
}  # fmt: skip
# Something for every kind of argument; nothing of it exists.
ARGUMENTS = {
    "pk": 1, "line": 1, "photo": 1, "verb": "publish", "step": "foto", "code": "X", "key": uuid.UUID(int=1),
    "uidb36": "1", "token": "x", "name": "x", "need": 1, "act": "hide", "message": 1,
    "sheet": 1, "listed": 1,
}  # fmt: skip


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def is_public(pattern: URLPattern) -> bool:
    return not getattr(pattern.callback, "login_required", True)


def test_public_urls_are_exactly_these() -> None:
    assert {pattern.name or str(pattern.pattern) for pattern in patterns() if is_public(pattern)} == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_private_urls_send_visitors_to_sign_in(client, method: str) -> None:
    asked = 0
    for pattern in patterns():
        if is_public(pattern):
            continue
        assert pattern.name, f"{pattern.pattern} is private and has no name"
        wanted = {name: ARGUMENTS[name] for name in pattern.pattern.converters}
        response = getattr(client, method)(reverse(pattern.name, kwargs=wanted))
        assert response.status_code == 302, pattern.name
        assert response["Location"].startswith("/id/masuk/?next="), pattern.name
        asked += 1
    assert asked > 60
