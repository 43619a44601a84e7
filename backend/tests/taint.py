"""Where a text stands in the database: every column of every table is looked through."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def find_texts(texts: Iterable[str]) -> set[tuple[str, str, str]]:
    """(table, column, text) of every text that stands anywhere, whatever its case."""
    wanted = [text.casefold() for text in texts]
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    shown = str(value).casefold()
                    found |= {(table, name, text) for text in wanted if text in shown}
    return found
