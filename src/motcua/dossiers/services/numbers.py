"""Numbers given out one after the other: official codes per agency and day, results per agency, kind and year."""

from datetime import date

from django.db import connection

from motcua.agencies.models import Agency

NEXT = """
INSERT INTO dossiers_counter (series, last) VALUES (%s, 1)
ON CONFLICT (series) DO UPDATE SET last = dossiers_counter.last + 1
RETURNING last
"""


def next_in(series: str) -> int:
    """The next number of a series, from 1. The row stays locked until the act ends: no number twice, none lost."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [series])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def official_code(agency: Agency, day: date) -> str:
    """A new official code (mã số hồ sơ) by the agency's own pattern (TT 01/2018/TT-VPCP Điều 19)."""
    sequence = next_in(f"code/{agency.code}/{day:%Y-%m-%d}")
    return agency.code_pattern.format(agency=agency.code, date=day, seq=sequence)


def result_number(agency: Agency, result_code: str, pattern: str, day: date) -> str:
    """A new number in the book of results, such as 45/2026; each kind of result counts for itself, from 1 each year."""
    sequence = next_in(f"result/{agency.code}/{result_code}/{day.year}")
    return pattern.format(seq=sequence, year=day.year, date=day)
