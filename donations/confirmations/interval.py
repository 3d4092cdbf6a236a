"""How sure a share of a sample is. Pure."""

import math

Z95 = 1.959963984540054


def interval(hits: int, answered: int, population: int) -> tuple[float, float]:
    """The 95 % interval (0 to 1) of a share of which `hits` of `answered` were found, drawn from `population`.

    Wilson's score interval, with the sample counted as larger where it is a good part of the whole: by
    (N − 1) ÷ (N − n), the finite population correction. Where all were asked, it is the share itself.
    """
    if not 0 <= hits <= answered <= population or not answered:
        raise ValueError(f"{hits} of {answered} of {population}")
    share = hits / answered
    if answered == population:
        return share, share
    size = answered * (population - 1) / (population - answered)
    spread = Z95**2 / size
    middle = (share + spread / 2) / (1 + spread)
    reach = Z95 / (1 + spread) * math.sqrt(share * (1 - share) / size + spread / (4 * size))
    low = 0.0 if hits == 0 else max(0.0, middle - reach)
    high = 1.0 if hits == answered else min(1.0, middle + reach)
    return low, high
