"""Exact chances, with where their formulas come from.

untouched   hypergeometric distribution without a hit: C(N − w, k) / C(N, k)
at_most     binomial distribution; at_least, too
hostile     hypergeometric distribution: how many of `seats` drawn from `all` are among `bad`
            (W. Feller, "An Introduction to Probability Theory and Its Applications" I, chapters II.6 and VI)
paid        a committee's verdict on a provider's wrong leaves, from these
refused     the same of a host that shows nothing to any member
run_wait    mean waiting time for r successes in a row: (1 − pʳ) / ((1 − p) pʳ)   (Feller I, chapter XIII.7)
"""
from math import comb, erfc, sqrt


def untouched(items, wrong, looked):
    """No wrong one among `looked` distinct ones."""
    looked = min(looked, items)
    return comb(items - wrong, looked) / comb(items, looked)


def exactly(k, n, share):
    return comb(n, k) * share**k * (1 - share) ** (n - k)


def at_most(k, n, share):
    return sum(exactly(i, n, share) for i in range(0, k + 1))


def at_least(k, n, share):
    return sum(exactly(i, n, share) for i in range(k, n + 1))


def hostile(seats, bad, everyone):
    """Chance of k hostile seats, for k from 0."""
    ways = comb(everyone, seats)
    return [comb(bad, k) * comb(everyone - bad, seats - k) / ways for k in range(seats + 1)]


def paid(items, wrong, sample, own, seats, knows, bad=0, everyone=None, bears=0):
    """A provider with `wrong` leaves is passed by its first committee, and paid.

    Each honest member looks at the public sample and `own` others; hostile ones pass. Who shows a wrong leaf is
    refuted by whoever sees it; who hides it must show what a member missed, and is paid while at most `bears` of
    them miss something: none, as the chain has it. Who knew the sample computed it.
    """
    public = 1.0 if knows else untouched(items, wrong, sample)
    clean = untouched(items - sample, wrong, own)
    seated = hostile(seats, bad, everyone) if bad else [1.0]
    chance = 0.0
    for k, weight in enumerate(seated):
        chance += weight * at_most(bears, seats - k, 1 - clean)
    return public * chance


def refused(items, wrong, inside, sample, own, named, doubters):
    """A host that refuses everybody everything has what is asked for on chain, and is paid.

    It is asked for what the first `doubters` name: `own` leaves each, and more of the public sample up to `named`.
    `inside` of its `wrong` leaves are in the sample.
    """
    return (untouched(sample, inside, named - own) * untouched(items - sample, wrong - inside, own)) ** doubters


def run_wait(p, r):
    return (1 - p**r) / ((1 - p) * p**r)


def sigmas(seen, trials, chance):
    """Standard deviations that a count lies from what is expected; by the exact tail where few are expected."""
    variance = trials * chance * (1 - chance)
    apart = seen - trials * chance
    if variance < 1e-12:
        return 0.0 if abs(apart) < 1e-6 else float("inf")
    if variance >= 25:
        return apart / sqrt(variance)
    # Few expected, or few not expected: the binomial tail, turned into deviations of the same chance.
    if chance > 0.5:
        return -sigmas(trials - seen, trials, 1 - chance)
    term, below = (1 - chance) ** trials, 0.0
    for k in range(seen):
        below += term
        term *= (trials - k) / (k + 1) * chance / (1 - chance)
    at_or_above, at_or_below = 1 - below, below + term
    tail = min(0.5, at_or_above, at_or_below)
    return _deviations(max(tail, 1e-300)) * (1 if at_or_above <= at_or_below else -1)


def _deviations(tail):
    """The z beyond which a normal tail has this chance, by bisection."""
    low, high = 0.0, 40.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if erfc(middle / sqrt(2)) / 2 > tail else (low, middle)
    return round(low, 6)


def percent(x):
    return f"{100 * x:.3g} %" if x >= 1e-6 else ("0 %" if x == 0 else f"{100 * x:.0e} %")


def table(head, rows):
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return "\n".join(lines + [f"| {' | '.join(map(str, row))} |" for row in rows])
