"""Whose pictures the map may show as its background: the one host of the address that the operator set."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PLACES = ("{z}", "{x}", "{y}")


def tile_sources(address: str, credit: str) -> list[str]:
    """The origins for the policy's img-src: none without an address. Raises ImproperlyConfigured."""
    if not address:
        return []
    if missing := [place for place in PLACES if place not in address]:
        raise ImproperlyConfigured(
            f"MAP_TILES_URL lacks {', '.join(missing)}: write it like https://tiles.example.id/{{z}}/{{x}}/{{y}}.png."
        )
    if not credit:
        raise ImproperlyConfigured(
            "MAP_TILES_ATTRIBUTION is not set: say whose map stands in the background."
        )
    parts = urlsplit(address)
    if address.startswith("/") and not parts.netloc:
        return []  # our own, behind the same proxy
    if parts.scheme != "https" or not parts.hostname or {"{", "}", " ", ";", ",", "*"} & set(parts.netloc):
        raise ImproperlyConfigured("MAP_TILES_URL has to name one host, with https:// and without {s}.")
    return [f"https://{parts.netloc}"]
