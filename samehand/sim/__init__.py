"""What if? The core's own rules against made-up or recorded days; imports `core` only, no Django."""
