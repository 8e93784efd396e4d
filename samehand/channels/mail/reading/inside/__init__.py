"""Envelopes in the mail: winmail.dat, signed S/MIME, forwarded mails, invitations. Opened within bounds."""
