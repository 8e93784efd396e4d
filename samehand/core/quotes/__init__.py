"""The writer's own words, what was quoted, the signature: `split(text)`. Folded, never cut."""

from samehand.core.quotes.apart import apart
from samehand.core.quotes.splitting import Hints, Split, split

__all__ = ["Hints", "Split", "apart", "split"]
