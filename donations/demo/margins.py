"""Gifts whose quantities add up to given shares along several dimensions at once. Pure.

Quantities are drawn by kind of collaborator, labels of the other dimensions are given out by what is still
open of each share, and a few gifts are cut in two so that every share is met to the unit.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

CITY = {"31.74": 32, "31.75": 21, "31.72": 16, "31.71": 15, "31.73": 14, "31.01": 2}
KIND = {"social": 51, "enterprise": 31, "individual": 9, "community": 5, "government": 4}
RECIPIENT = {"rw": 85, "orphanage": 6, "pesantren": 5, "nursing_home": 2, "disability_home": 2}
FORM = {"sembako": 90, "siap-saji": 7, "hari-raya": 3}
"""Shares in per cent published at the seminar of 2021; where it says "the rest", the division is ours."""

NUMBER_OF_GIFTS = {"social": 135, "enterprise": 75, "individual": 80, "community": 42, "government": 18}


@dataclass(frozen=True)
class Cut:
    """A quantity with its label in each dimension."""

    quantity: int
    kind: str
    city: str = ""
    recipient: str = ""
    form: str = ""


def gifts(whole: int, chance: random.Random) -> list[Cut]:
    """Gifts of together `whole` units whose shares are exactly CITY, KIND, RECIPIENT and FORM.

    The first three hold within each form as well, so that the page of one form shows them too. `whole` must
    be a multiple of 10,000.
    """
    if whole % 10_000:
        raise ValueError("per cents of per cents are exact only of a multiple of 10,000")
    cuts: list[Cut] = []
    for form, share in FORM.items():
        cuts += _of_one_form(form, whole * share // 100, share, chance)
    return cuts


def _of_one_form(form: str, whole: int, share: int, chance: random.Random) -> list[Cut]:
    cuts = [
        Cut(quantity, kind, form=form)
        for kind, part in KIND.items()
        for quantity in _sizes(whole * part // 100, max(2, NUMBER_OF_GIFTS[kind] * share // 100), chance)
    ]
    cuts.sort(key=lambda cut: (-cut.quantity, cut.kind))
    for dimension, shares in (("city", CITY), ("recipient", RECIPIENT)):
        quotas = {label: whole * part // 100 for label, part in shares.items()}
        cuts = _settle(_give_out(cuts, dimension, quotas, chance), dimension, quotas)
    return cuts


def _sizes(total: int, count: int, chance: random.Random) -> list[int]:
    """`count` sizes in steps of 5 that add up to `total`, a few large and many small."""
    weights = [chance.lognormvariate(0, 0.6) for _ in range(count)]
    scale = total / sum(weights)
    sizes = [max(5, round(weight * scale / 5) * 5) for weight in weights]
    sizes[sizes.index(max(sizes))] += total - sum(sizes)
    return sizes


def _give_out(cuts: list[Cut], dimension: str, quotas: Mapping[str, int], chance: random.Random) -> list[Cut]:
    """Label the gifts, largest first, by chance weighted with what each label still has open."""
    left = dict(quotas)
    labelled = []
    for cut in cuts:
        fits = {label: open_ for label, open_ in left.items() if open_ >= cut.quantity}
        if fits:
            label = chance.choices(list(fits), weights=list(fits.values()))[0]
        else:
            label = max(left, key=lambda name: left[name])
        left[label] -= cut.quantity
        labelled.append(_labelled(cut, dimension, label))
    return labelled


def _settle(cuts: list[Cut], dimension: str, quotas: Mapping[str, int]) -> list[Cut]:
    """Cut gifts in two until every label has exactly its quota."""
    left = dict(quotas)
    for cut in cuts:
        left[getattr(cut, dimension)] -= cut.quantity
    result = list(cuts)
    while any(left.values()):
        over = min(left, key=lambda name: left[name])
        under = max(left, key=lambda name: left[name])
        amount = min(-left[over], left[under])
        at = max(
            (n for n, cut in enumerate(result) if getattr(cut, dimension) == over),
            key=lambda n: result[n].quantity,
        )
        amount = min(amount, result[at].quantity - 1)
        moved = _labelled(replace(result[at], quantity=amount), dimension, under)
        result[at] = replace(result[at], quantity=result[at].quantity - amount)
        result.append(moved)
        left[over] += amount
        left[under] -= amount
    return result


def _labelled(cut: Cut, dimension: str, label: str) -> Cut:
    labels: dict[str, Any] = {dimension: label}
    return replace(cut, **labels)
