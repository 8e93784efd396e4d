"""Many new rows at once by COPY: a quarter of the work of `bulk_create`, for tables that every mail writes to."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, ForeignKey, JSONField, Model
from django.db.models.expressions import DatabaseDefault

Shape = Callable[[Any], Any]


def insert(rows: Sequence[Model], *, numbered: bool = True) -> None:
    """Insert the new rows, which are all of one model, in order; what they refer to must be there. `numbered` gives
    them their primary keys; without, the database counts and nobody is told. No signals.
    """
    if not rows:
        return
    model = type(rows[0])
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            _refer(field, rows)
    fields = [field for field in model._meta.concrete_fields if numbered or not field.primary_key]
    if numbered:
        _number(model, rows)
    shapes = [(attrgetter(field.attname), _shape(field)) for field in fields]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    copying = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN"
    # Past Django's own cursor, whose errors come as Django's.
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row([shape(get(row)) if shape else get(row) for get, shape in shapes])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _refer(field: ForeignKey[Any, Any], rows: Sequence[Model]) -> None:
    """What a row was given when it was made may have got its number since."""
    for row in rows:
        if field.is_cached(row):
            other = field.get_cached_value(row)
            # Not setattr: it would forget the other, and ask the database for it again.
            row.__dict__[field.attname] = other.pk if other else None


def _number(model: type[Model], rows: Sequence[Model]) -> None:
    sequence = [model._meta.db_table, model._meta.pk.column]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [*sequence, len(rows)]
        )
        for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = number


def _shape(field: Field[Any, Any]) -> Shape | None:
    """How a value of the field is written; None: as it is."""
    if field.has_db_default():
        return _own_default
    if isinstance(field, ArrayField):
        return _array
    return _json if isinstance(field, JSONField) else None


def _own_default(value: Any) -> Any:
    return value.expression.value if isinstance(value, DatabaseDefault) else value  # type: ignore[attr-defined]


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value)


def _array(items: Sequence[Any] | None) -> str | None:
    # psycopg looks at each item for its type; ours are texts or numbers.
    if not items:
        return None if items is None else "{}"
    if not isinstance(items[0], str):
        return "{" + ",".join(map(repr, items)) + "}"
    quoted = (item.replace("\\", "\\\\").replace('"', '\\"') for item in items)
    return '{"' + '","'.join(quoted) + '"}'
