"""Our signature on what leaves, and the keys for it."""
