"""Mails that nobody would write: made up by rule (`mails`), or grown from samples by coverage (`python -m
tests.mail.fuzz`), and what the reader owes for every one of them (`judge`)."""
