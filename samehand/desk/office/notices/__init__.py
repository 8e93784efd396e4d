"""What customers are told: the list of notices, the form with its preview, and what one click does."""
