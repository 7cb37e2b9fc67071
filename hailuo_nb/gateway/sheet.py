"""A table as CSV, safe to be opened by a spreadsheet.

It knows quotes, and that a cell which begins like a formula is one to a spreadsheet.
"""

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a head and rows as CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def cell(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula."""
    is_formula = isinstance(value, str) and value.lstrip(" ").startswith(FORMULA)
    return f"'{value}" if is_formula else value
