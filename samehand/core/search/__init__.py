"""Searching, as far as it needs no database: words, their stems and kinship, weights, and the file of synonyms."""
