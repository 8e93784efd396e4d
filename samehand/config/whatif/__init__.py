"""The simulator's questions, asked about this house: its own history, its own roster."""
