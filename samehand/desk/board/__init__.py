"""The board for a lead: today's promises, hands and hours, and what the rest of the day will bring."""
