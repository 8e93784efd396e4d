"""How many people it takes: the lead's questions to the simulator, and the answers as a page."""
