"""Numbers, money and dates in Vietnamese words (bằng chữ), as receipts and civil-status papers write them."""

from datetime import date

from num2words import num2words

_SCALES = ("", " nghìn", " triệu")
_BILLION = 1_000_000_000


def number_in_words(number: int) -> str:
    """2026 -> "hai nghìn không trăm hai mươi sáu"; any size, negative numbers with "âm"."""
    if number < 0:
        return f"âm {number_in_words(-number)}"
    if number < _BILLION:
        return _below_billion(number)
    high, low = divmod(number, _BILLION)
    words = f"{number_in_words(high)} tỷ"
    return f"{words} {_below_billion(low, goes_on=True)}" if low else words


def amount_in_words(amount: int) -> str:
    """16000 -> "Mười sáu nghìn đồng"."""
    return _capital(f"{number_in_words(amount)} đồng")


def grouped(number: int) -> str:
    """16000 -> "16.000", as numbers are written here."""
    return f"{number:,}".replace(",", ".")


def money(amount: int) -> str:
    """16000 -> "16.000 đồng"."""
    return f"{grouped(amount)} đồng"


def date_in_words(day: date) -> str:
    """12/11/2026 -> "Ngày mười hai tháng mười một năm hai nghìn không trăm hai mươi sáu"."""
    month = "tư" if day.month == 4 else number_in_words(day.month)
    return f"Ngày {number_in_words(day.day)} tháng {month} năm {number_in_words(day.year)}"


def _below_billion(number: int, *, goes_on: bool = False) -> str:
    """Groups of three digits; a group after a higher one says its zeros: 1.005 is "một nghìn không trăm linh năm"."""
    if number == 0:
        return "không"
    groups = [number // 1000**place % 1000 for place in range(3)]
    words: list[str] = []
    for place in (2, 1, 0):
        if groups[place]:
            words.append(_group(groups[place], full=goes_on or bool(words)) + _SCALES[place])
    return " ".join(words)


def _group(number: int, *, full: bool) -> str:
    """One to three digits. num2words is right here but for the southern "lẻ", where papers write "linh"."""
    words = str(num2words(number, lang="vi")).replace(" lẻ ", " linh ")
    if not full or number >= 100:
        return words
    return f"không trăm linh {words}" if number < 10 else f"không trăm {words}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
