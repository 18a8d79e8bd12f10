"""Whole public pages, kept and exactly valid.

`Generation` is one row holding one number. Whoever changes something public replaces it, in the transaction
of the change. A kept page carries the number read before it was rendered and is served only while that is
still the number in the database and no boundary (a moment at which something becomes or ceases to be public)
has passed.

What the other apps use is here; none of it loads a model on import.
"""

from pagecache.generation import PublicQuerySet, changed, public_model
from pagecache.moments import boundary, once_per_change
from pagecache.stores import forget_pages

__all__ = ["PublicQuerySet", "boundary", "changed", "forget_pages", "once_per_change", "public_model"]
