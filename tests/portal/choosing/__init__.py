"""The owner is away: the customer is told, waits for her or does not, and the desk, the counts and the receipt know."""
