"""How sure a share is that was counted in a sample: the Wilson score interval.

    center = (p + z^2 / 2n) / (1 + z^2 / n),  half = z / (1 + z^2 / n) * sqrt(p (1 - p) / n + z^2 / 4n^2)

E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the American
Statistical Association 22, 209-212. It stays between 0 and 1 and is near its 95 % for small samples and for shares
near 1, where p +- 1.96 standard errors is not: L. D. Brown, T. T. Cai, A. DasGupta (2001), Interval estimation for a
binomial proportion, Statistical Science 16, 101-133.
"""

from math import sqrt

# The normal distribution has 95 % between -Z and Z.
Z = 1.959963984540054

# How right labels often are: for it the site says what a sample's size means before it is drawn.
USUAL_SHARE = 0.95


def wilson(share: float, of: float) -> tuple[float, float]:
    """The 95 % interval, low and high between 0 and 1, of a share of so many, at least one, that were drawn at random.

    They count as drawn from very many: where they are much of all there are, the truth is nearer than this says.
    """
    spread = Z * Z / of
    center = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, center - half), min(1.0, center + half)


def margin(size: int, share: float = USUAL_SHARE) -> float:
    """Half of the interval's width, between 0 and 1, if a sample of this size has that share."""
    low, high = wilson(share, size)
    return (high - low) / 2
