"""A house with years behind it, made by the database itself: customers, solved cases, their mails and answers."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
from django.db import connection

from samehand.cases import actions, queries
from samehand.cases.models import Message
from samehand.channels.mail.fingerprint import fingerprint
from samehand.lib.clock import now
from samehand.people.models import Staff

BATCH = 64
# Of each ten messages nine belong to cases long solved, as in a desk that keeps its promises.
STEPS = """
INSERT INTO people_customer (name, language, known_since{customer_columns})
SELECT 'Klient ' || n, 'pl', now() - interval '900 days'{customer_values} FROM generate_series(1, {customers}) n;

INSERT INTO people_contactpoint (customer_id, kind, value{point_columns})
SELECT id, 'email', 'klient' || id || '@stary.example'{point_values} FROM people_customer WHERE name LIKE 'Klient %';

INSERT INTO cases_case (reference, customer_id, owner_reason, status, subject, skill, language, preview, opened_at,
                        touched_at, due_at, owner_id{case_columns})
SELECT 'OLD' || n, c.low + (n * 7919) % c.many, 'free', 'solved',
       'Faktura i internet ' || md5(n::text), 'general', 'pl', left(md5(n::text), 30),
       now() - (n * interval '1 minute'), now() - (n * interval '1 minute'), NULL, s.id{case_values}
FROM generate_series(1, {cases}) n,
     (SELECT min(id) low, count(*) many FROM people_customer WHERE name LIKE 'Klient %') c,
     (SELECT min(id) id FROM people_staff) s;

INSERT INTO cases_rawarrival (channel, mailbox, fingerprint, blob, size, envelope, received_at, stored_at, state,
                              reason, tries)
SELECT 'mail', 'door', md5(n::text) || md5('f' || n), md5(n::text) || md5('b' || n), 20000, '{{}}',
       now() - (n * interval '20 seconds'), now() - (n * interval '20 seconds'), 'filed', '', 0
FROM generate_series(1, {messages}) n;

INSERT INTO lib_blob (pack, start, size, key)
SELECT 2 * (n / 2000), (n % 2000) * 20000, 20000, decode(md5(n::text) || md5('b' || n), 'hex')
FROM generate_series(1, {messages}) n;
"""


def fill(count: str) -> dict[str, Any]:
    """So many messages in cases of long ago, with all their indexes, then what an autovacuum would have done."""
    messages = int(count)
    sizes = {"messages": messages, "cases": messages // 4, "customers": messages // 20}
    with connection.cursor() as cursor:
        for step in _steps(sizes):
            cursor.execute(step)
        cursor.execute(_messages(messages))
        cursor.execute("VACUUM ANALYZE")
    return {"messages": Message.objects.count()}


def _steps(sizes: dict[str, int]) -> list[str]:
    tables = {"customer": "people_customer", "point": "people_contactpoint", "case": "cases_case"}
    more = {}
    for name, table in tables.items():
        columns, values = _rest(table, STEPS.partition(f"INSERT INTO {table} (")[2].partition(")")[0])
        more |= {f"{name}_columns": columns, f"{name}_values": values}
    return [step for step in STEPS.format(**sizes, **more).split(";\n") if step.strip()]


def _messages(count: int) -> str:
    named = """case_id, direction, channel, at, from_name, from_address, "to", cc, reply_to, subject, text,
        reply_text, html_present, message_id, in_reply_to, "references", auto_submitted, third_party, blob,
        arrival_id, due_at, answered_at"""
    columns, values = _rest("cases_message", named)
    return f"""
INSERT INTO cases_message ({named}{columns})
SELECT c.low + n % c.many, 'in', 'mail', a.received_at, 'Klient', 'klient' || n || '@stary.example',
       ARRAY['bok@desk.test'], '{{}}', '{{}}', 'Faktura',
       repeat(md5(n::text) || ' ', 60), repeat(md5(n::text) || ' ', 20),
       false, '<' || md5(n::text) || '@stary.example>', '', '{{}}', false, false, a.blob,
       a.id, a.received_at + interval '30 minutes', a.received_at + interval '20 minutes'{values}
FROM generate_series(1, {count}) n
JOIN cases_rawarrival a ON a.fingerprint = md5(n::text) || md5('f' || n),
     (SELECT min(id) low, count(*) many FROM cases_case WHERE reference LIKE 'OLD%') c
"""


def _rest(table: str, named: str) -> tuple[str, str]:
    """Columns of the table that must have a value and are not named, with the emptiest one of their type."""
    empty = {"boolean": "false", "ARRAY": "'{}'", "jsonb": "'{}'", "integer": "0", "smallint": "0", "bigint": "0"}
    known = {name.partition("{")[0].strip().strip('"') for name in named.split(",")}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
            " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
            [table],
        )
        found = [(name, kind) for name, kind in cursor.fetchall() if name not in known]
    columns = "".join(f', "{name}"' for name, _ in found)
    return columns, "".join(f", {empty.get(kind, repr(''))}" for _, kind in found)


def take(folder: str, begin: str, count: str) -> dict[str, Any]:
    """Keep and file the mails from `begin`; milliseconds of CPU for each, PostgreSQL's included."""
    files = [Path(folder) / f"{number:06d}.eml" for number in range(int(begin), int(begin) + int(count))]
    raws = [file.read_bytes() for file in files]
    before, backend = Message.objects.count(), _backend()
    _take(raws[:BATCH])
    began, cpu, server = time.perf_counter(), time.process_time(), _cpu(backend)
    filed = sum(_take(raws[at : at + BATCH]) for at in range(BATCH, len(raws), BATCH))
    took = {"seconds": time.perf_counter() - began, "python": time.process_time() - cpu}
    postgres = (_cpu(backend) - server) / filed * 1000
    return {
        "before": before,
        "filed": filed,
        "seconds": took["seconds"],
        "cpu": took["python"] / filed * 1000 + postgres,
        "postgres": postgres,
        "queue": _milliseconds(lambda: list(queries.my_queue(_someone(), now())[:50])),
        "all": _milliseconds(lambda: list(queries.recent(_someone())[:50])),
    }


def _take(raws: list[bytes]) -> int:
    moment = now() - timedelta(seconds=1)
    envelope = {"sender": "klient@poczta.example", "recipients": ["bok@desk.test"]}
    incoming = [actions.Incoming(raw, moment, fingerprint(raw), envelope) for raw in raws]
    actions.accept(channel="mail", mailbox="door", incoming=incoming, now=moment)
    return actions.file_waiting(limit=BATCH, now=now())


def _someone() -> Staff:
    return Staff.objects.get(email="anna@bench.test")


def _milliseconds(ask: Any) -> float:
    ask()
    began = time.perf_counter()
    for _time in range(10):
        ask()
    return (time.perf_counter() - began) * 100


def _backend() -> psutil.Process:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
