"""The ledger on the desk: what was tried beside the place to answer, and what leads learn from it."""
