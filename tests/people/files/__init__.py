"""Rosters in files: what is read, what is refused and why, and that what goes out comes back the same."""
