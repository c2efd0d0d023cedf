"""Numbers in words as papers write them: linh, mốt, lăm, and the zeros in the middle."""

from datetime import date

import pytest

from motcua.core.words import amount_in_words, date_in_words, money, number_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (25, "hai mươi lăm"),
        (31, "ba mươi mốt"),
        (55, "năm mươi lăm"),
        (91, "chín mươi mốt"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (905, "chín trăm linh năm"),
        (1000, "một nghìn"),
        (1001, "một nghìn không trăm linh một"),
        (1005, "một nghìn không trăm linh năm"),
        (1015, "một nghìn không trăm mười lăm"),
        (1100, "một nghìn một trăm"),
        (1905, "một nghìn chín trăm linh năm"),
        (1945, "một nghìn chín trăm bốn mươi lăm"),
        (2000, "hai nghìn"),
        (2021, "hai nghìn không trăm hai mươi mốt"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (9999, "chín nghìn chín trăm chín mươi chín"),
        (10_005, "mười nghìn không trăm linh năm"),
        (21_000, "hai mươi mốt nghìn"),
        (105_000, "một trăm linh năm nghìn"),
        (115_015, "một trăm mười lăm nghìn không trăm mười lăm"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_015_000, "một triệu không trăm mười lăm nghìn"),
        (21_000_001, "hai mươi mốt triệu không trăm linh một"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (2_500_000_000, "hai tỷ năm trăm triệu"),
        (10_000_000_000_000, "mười nghìn tỷ"),
        (2_000_000_000_000_000_000, "hai tỷ tỷ"),
        (-15, "âm mười lăm"),
    ],
)
def test_number_in_words(number: int, words: str) -> None:
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 12), "Ngày mười hai tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        (date(2026, 3, 5), "Ngày năm tháng ba năm hai nghìn không trăm hai mươi sáu"),
        (date(2005, 4, 21), "Ngày hai mươi mốt tháng tư năm hai nghìn không trăm linh năm"),
        (date(1995, 12, 31), "Ngày ba mươi mốt tháng mười hai năm một nghìn chín trăm chín mươi lăm"),
        (date(2000, 1, 1), "Ngày một tháng một năm hai nghìn"),
        (date(2015, 10, 15), "Ngày mười lăm tháng mười năm hai nghìn không trăm mười lăm"),
        (date(1, 1, 1), "Ngày một tháng một năm một"),
        (date(9999, 12, 24), "Ngày hai mươi bốn tháng mười hai năm chín nghìn chín trăm chín mươi chín"),
    ],
)
def test_date_in_words(day: date, words: str) -> None:
    assert date_in_words(day) == words


def test_amounts() -> None:
    assert amount_in_words(16_000) == "Mười sáu nghìn đồng"
    assert amount_in_words(0) == "Không đồng"
    assert money(16_000) == "16.000 đồng"
    assert money(0) == "0 đồng"
    assert money(1_234_567) == "1.234.567 đồng"


def test_every_year_reads_back() -> None:
    """Nothing between the years 1 and 9999 sounds like another, irregular words stand only where they belong."""
    spoken = [number_in_words(year) for year in range(1, 10_000)]
    assert len(set(spoken)) == len(spoken)
    for year, words in enumerate(spoken, start=1):
        assert "lẻ" not in words
        assert ("mươi mốt" in words) == (year % 10 == 1 and year % 100 > 20), words
        assert words.endswith("lăm") == (year % 10 == 5 and year % 100 > 10), words
        assert ("linh" in words) == (0 < year % 100 < 10 and year > 100), words
        assert ("không trăm" in words) == (year >= 1000 and year % 1000 != 0 and year // 100 % 10 == 0), words
