"""How many people it takes: the need by hour, what one more or less changes, and bad days. Pure, by simulation."""
