"""Principal component analysis as the course writes it: centre, S = XᵀX/N, eigenvectors.

Data X (N, d) has a point in each row. Means and variances divide by N (the course, Deisenroth, Faisal and Ong,
Mathematics for Machine Learning, chapter 10) or by N − 1 (numpy.cov, R, scikit-learn); `divisor_minus` says
which, 0 or 1, and the mean squared errors here divide by the same number as the S that they come from.
"""

from dataclasses import dataclass

import numpy as np

from mmlviz.maths.matrix2 import Array

# Of two entries this close in modulus the first counts as the largest, so that rounding does not turn
# the direction (1, −1)/√2 round.
TIED = 1e-9
# Shares of the variance are sums of d rounded numbers: 0.9 is reached at 0.9 − 1e-12.
REACHED = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Data ready for S: X (N, d) centred, and divided by the standard deviations where is_standardised.

    mean and deviations (d,) are those of the columns as given. constant lists the columns that hold one value
    only; they have no deviation to be divided by and stay at 0.
    """

    X: Array
    mean: Array
    deviations: Array
    constant: tuple[int, ...]
    is_standardised: bool
    divisor: int

    def restored(self, Z: Array) -> Array:
        """Points (…, d) among the prepared data, back in the units of the data as given."""
        return self.mean + (Z * self.deviations if self.is_standardised else Z)


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """variances λ (d,), largest first, and directions (d, d) with the unit eigenvector of λ_j in row j.

    A direction stands for an unoriented line; its entry of largest modulus is positive.
    """

    variances: Array
    directions: Array


def divisor(points: int, minus: int = 0) -> int:
    """N − minus for N points; ValueError where that is not positive."""
    if points - minus < 1:
        divided = f"N − {minus}" if minus else "N"
        raise ValueError(f"Dividing by {divided} is not possible with N = {points}.")
    return points - minus


def centre(X: Array) -> tuple[Array, Array]:
    """The mean (d,) and X minus its mean (N, d); a constant column has exactly its value as mean.

    The first point is taken off before anything is added up (shifted data, Chan, Golub and LeVeque,
    Algorithms for computing the sample variance, The American Statistician 37, 1983): data far from 0 keep
    their digits, and equal numbers leave zeros.
    """
    divisor(len(X))
    columns = np.array(X.T, dtype=float, order="C")  # sums along rows in memory are tens of times faster
    first = columns[:, 0].copy()
    columns -= first[:, None]
    shift = columns.mean(axis=1)
    columns -= shift[:, None]
    return first + shift, columns.T


def covariance(Xc: Array, divisor: int) -> Array:
    """S = XᵀX/divisor, (d, d), of centred data (N, d); for standardised data it is the correlation matrix."""
    return np.asarray(Xc.T @ Xc / divisor)


def prepare(X: Array, is_standardised: bool, divisor_minus: int = 0) -> Prepared:
    """Centre the data (N, d) and, if asked, divide each column by its standard deviation.

    A column is constant when all its numbers are equal, exactly: no tolerance could tell rounding from data.
    ValueError for N ≤ divisor_minus.
    """
    over = divisor(len(X), divisor_minus)
    mean, Xc = centre(X)
    peak = np.abs(Xc.T).max(axis=1)  # 0 just for constant columns, see centre
    is_constant = peak == 0
    scaled = Xc / np.where(is_constant, 1.0, peak)  # squares of what is at most 1 in modulus are safe
    root = np.sqrt(np.einsum("nd,nd->d", scaled, scaled) / over)
    ready = scaled / np.where(is_constant, 1.0, root) if is_standardised else Xc
    constant = tuple(int(j) for j in np.flatnonzero(is_constant))
    return Prepared(ready, mean, peak * root, constant, is_standardised, over)


def decompose(S: Array) -> Components:
    """The eigenvalues and eigenvectors of a covariance matrix S (d, d).

    S has no negative eigenvalue; what rounding leaves below 0 is set to 0. Where eigenvalues coincide, any
    orthonormal vectors of their eigenspace may come out.
    """
    # Of −S, since eigh sorts upwards; so equal variances also keep the order of the axes, x before y.
    negative, vectors = np.linalg.eigh(-S)
    return Components(np.maximum(0.0 - negative, 0.0), _oriented(vectors.T))


def _oriented(directions: Array) -> Array:
    """The same lines, each with its entry of largest modulus positive."""
    size = np.abs(directions)
    largest = np.argmax(size >= (1 - TIED) * size.max(axis=1, keepdims=True), axis=1)
    return directions * np.sign(np.take_along_axis(directions, largest[:, None], axis=1))


def along(S: Array, angles: Array) -> tuple[Array, Array]:
    """For lines through the mean of planar data, at angles θ (radians): variance along them, mean squared residual.

    With u = (cos θ, sin θ) they are uᵀSu and tr S − uᵀSu, which is the variance at right angles to u; each has
    the shape of angles. Their sum is the same for all lines (Pythagoras), so that the line with the largest
    variance has the least residual. S (2, 2) says what is divided by.
    """
    cos, sin = np.cos(angles), np.sin(angles)
    mixed = 2 * S[0, 1] * cos * sin
    variance = S[0, 0] * cos**2 + mixed + S[1, 1] * sin**2
    residual = S[0, 0] * sin**2 - mixed + S[1, 1] * cos**2
    return np.maximum(variance, 0.0), np.maximum(residual, 0.0)


def mean_squared_errors(variances: Array) -> Array:
    """For k = 0, 1, …, d kept components, (d + 1,): the mean of |x − x̂|², which is the sum of λ_j over j > k."""
    return np.append(np.cumsum(variances[::-1])[::-1], 0.0)


def shares(variances: Array) -> Array | None:
    """λ_j over the sum of all λ, (d,); None without any variance: all points are equal, and 0/0 is no share."""
    total = float(variances.sum())
    return variances / total if total > 0 else None


def cumulative_shares(variances: Array) -> Array | None:
    """The share of the variance that the first 1, 2, …, d components hold, (d,), the last exactly 1; None as above."""
    sums = np.cumsum(variances)
    return sums / sums[-1] if sums[-1] > 0 else None


def needed(variances: Array, fraction: float) -> int | None:
    """The least k whose components hold this fraction (0 to 1) of the variance, to within 1e-12.

    None without any variance; ValueError for a fraction outside 0 to 1.
    """
    if not 0 <= fraction <= 1:
        raise ValueError(f"The fraction of the variance is a number from 0 to 1; it was {fraction}.")
    cumulative = cumulative_shares(variances)
    if cumulative is None:
        return None
    return int(np.searchsorted(np.append(0.0, cumulative), fraction - REACHED))
