"""The roster: a week at a glance, changed in place, each change weighed against what was promised."""
