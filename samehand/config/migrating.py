"""The database's shape: brought up to date with short locks, by one process at a time."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from samehand.config import postgres, stocking

# Any number, as long as every version of Samehand takes the same.
ONE_AT_A_TIME = 5_311_002
LOCK_LIMIT = "5s"
TRIES = 6


def migrate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when something is pending")


def migrate(args: argparse.Namespace) -> int:
    waiting = pending()
    if args.check:
        print("\n".join(waiting) or "up to date")
        return 1 if waiting else 0
    apply()
    stocking.stock()
    print(f"{len(waiting)} migrations applied" if waiting else "up to date")
    return 0


def pending() -> list[str]:
    """The names of the migrations that the database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def apply() -> None:
    """Bring the database up to date; on a busy table a migration tries again and again, it never blocks the desk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            if pending():
                cursor.execute(f"SET lock_timeout = '{LOCK_LIMIT}'")
                _apply_patiently()
        finally:
            cursor.execute("SET lock_timeout = DEFAULT")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _apply_patiently() -> None:
    for left in reversed(range(TRIES)):
        try:
            call_command("migrate", interactive=False, verbosity=0)
            return
        except OperationalError as trouble:
            if "lock timeout" not in str(trouble) or not left:
                raise
            time.sleep(2)


@contextmanager
def ready_database(*, migrated: bool) -> Iterator[None]:
    """A database for a command: the house's when it runs, else the own PostgreSQL for as long as the command takes."""
    with postgres.for_a_while(settings.DATA):
        try:
            connection.ensure_connection()
        except OperationalError as trouble:
            raise SystemExit(f"the database does not answer: {str(trouble).splitlines()[0]}") from None
        try:
            if migrated:
                _bring_up_to_date()
            yield
        except (OperationalError, InterfaceError) as trouble:
            raise SystemExit(f"the database broke off: {str(trouble).splitlines()[0]}") from None
        finally:
            connections.close_all()


def _bring_up_to_date() -> None:
    if not pending():
        return
    if not postgres.is_ours():
        raise SystemExit("the database is not up to date: run `samehand migrate` first")
    apply()
