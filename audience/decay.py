"""The arithmetic of scores: forward decay as a binary logarithm (see `audience.models.Popularity`)."""

import math

HALF_LIFE = {"now": 6 * 3600, "week": 72 * 3600}  # seconds
# A story counts as read in a window while its decayed reads are at least these: one read counts "now" for a
# day, "this week" for a week.
LEAST = {"now": -24 / 6, "week": -168 / 72}  # log2


def score(reads, moment, window):
    """The score of so many reads at `moment` (seconds since 1970)."""
    return math.log2(reads) + moment / HALF_LIFE[window]


def added(a, b):
    """The score of the reads behind two scores together."""
    return max(a, b) + math.log2(1 + 2 ** -abs(a - b))


def floor(moment, window):
    """The score below which, at `moment`, a story no longer counts as read in the window."""
    return moment / HALF_LIFE[window] + LEAST[window]


def added_sql(old, new):
    """`added` in SQL. Far apart it is the greater one: PostgreSQL's exp() raises when it underflows."""
    return (
        f"CASE WHEN {new} - {old} > 60 THEN {new} WHEN {new} - {old} < -60 THEN {old} "
        f"ELSE {old} + ln(1.0 + exp(({new} - {old}) * {math.log(2)!r})) / {math.log(2)!r} END"
    )
