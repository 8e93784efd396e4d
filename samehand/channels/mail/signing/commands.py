"""`samehand mail dkim ...`: the keys that sign our mail."""

from __future__ import annotations

import argparse
import re
import sys

from samehand.channels.mail.models import DkimKey
from samehand.channels.mail.signing import keys
from samehand.lib.clock import now

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
SELECTOR = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("domain", type=str.lower, help="the domain that stands in From")
    parser.add_argument("--selector", type=str.lower, help="the key's name in the DNS (default: the year and month)")
    parser.add_argument("--ed25519", action="store_true", help="make an Ed25519 key, to sign beside the RSA key")


def new(args: argparse.Namespace) -> int:
    """The private key stays here; what is printed goes into the domain's DNS."""
    moment = now()
    selector = args.selector or f"sh{moment:%Y%m}{'e' if args.ed25519 else ''}"
    if not DOMAIN.fullmatch(args.domain):
        raise SystemExit(f"samehand: {args.domain!r} is no domain")
    if not SELECTOR.fullmatch(selector):
        raise SystemExit(f"samehand: {selector!r} is no selector; letters, figures and hyphens make one")
    if DkimKey.objects.filter(domain=args.domain, selector=selector).exists():
        raise SystemExit(f"samehand: {args.domain} has a key {selector!r} already; choose another --selector")
    kind = "ed25519" if args.ed25519 else "rsa"
    key = keys.make(domain=args.domain, selector=selector, kind=kind, now=moment)
    print(keys.zone_line(key))
    if not key.in_use:
        print(f"Once this is published: samehand mail dkim use {key.domain} {key.selector}")
    return 0


def list_(args: argparse.Namespace) -> int:
    known = DkimKey.objects.all()
    if not known:
        print("samehand: there is no key; make one: samehand mail dkim new DOMAIN", file=sys.stderr)
    for key in known:
        print(f"{key.domain}\t{key.selector}\t{key.kind}\t{'signs' if key.in_use else 'waits'}\t{key.made_at:%Y-%m-%d}")
        print(f"\t{keys.zone_line(key)}")
    return 0


def use_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("domain", type=str.lower)
    parser.add_argument("selector", type=str.lower)


def use(args: argparse.Namespace) -> int:
    keys.use(_known(args))
    print(f"{args.domain}: {args.selector} signs from now on")
    return 0


def remove_arguments(parser: argparse.ArgumentParser) -> None:
    use_arguments(parser)


def remove(args: argparse.Namespace) -> int:
    key = _known(args)
    key.delete()
    print(f"{args.domain}: {args.selector} is gone" + ("; nothing signs in its place" if key.in_use else ""))
    return 0


def _known(args: argparse.Namespace) -> DkimKey:
    if key := DkimKey.objects.filter(domain=args.domain, selector=args.selector).first():
        return key
    raise SystemExit(f"samehand: {args.domain} has no key {args.selector!r}; see samehand mail dkim list")
