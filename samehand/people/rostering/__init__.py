"""Reading the roster: who is really at work, as the core wants to know it and as files tell it."""
