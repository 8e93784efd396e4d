"""What is done to the people of the house: accounts, shifts, hours."""
