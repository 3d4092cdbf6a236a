"""Labels that are stuck on assets, as PDF: what each says, and its QR code to the asset's public page."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from accounts import clock
from accounts.typesetting import qr_picture, typeset
from donations.assets.models import Asset
from regions.queries import has_sample_data

ON_A_SHEET = 24
MOST_LABELS = 500


def set_labels(assets: Sequence[Asset], *, base_url: str, start: int = 1, single: bool = False) -> bytes:
    """A4 sheets of 3 × 8 labels beginning at the place `start`, or one label a page. Raises `NotSet`.

    Labels are Indonesian whoever prints them: they stay on the thing.
    """
    with override("id"):
        labels = [_label(asset) for asset in assets]
        urls = [base_url + reverse("asset_public", args=[asset.code]) for asset in assets]
        data = {
            "title": f"Label aset KSBB ({len(labels)})",
            "start": 0 if single else start - 1,
            "single": single,
            "sample": "DATA CONTOH" if has_sample_data() else "",
            "labels": [label | {"file": f"qr{place}.svg"} for place, label in enumerate(labels)],
        }
    pictures = tuple(qr_picture(url, f"qr{place}.svg") for place, url in enumerate(urls))
    return typeset("asset_labels", data, moment=clock.now(), pictures=pictures)


def _label(asset: Asset) -> dict[str, Any]:
    return {
        "name": asset.aid_type.name,
        "number": asset.number,
        "code": asset.code_in_groups,
        "owner": str(asset.owner_label).split(" (", 1)[0],
        "place": asset.recipient_name,
        "report": f"BAST {asset.handover_line.handover.number}",
        "count": asset.count,
        "alt": f"Kode QR aset {asset.number}",
    }
