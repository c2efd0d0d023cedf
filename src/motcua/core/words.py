"""Words for people: Vietnamese sentences that the screens can say in English, and numbers and dates in words.

Below the screens everything is Vietnamese: what is stored, sent or printed. A sentence with values keeps the template
it was made from (`say`), so that the edge can translate it (`translated`); see docs/decisions/0024-english.md.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from django.utils.translation import get_language, gettext, ngettext
from num2words import num2words

_SCALES = ("", " nghìn", " triệu")
_BILLION = 1_000_000_000
ENGLISH = "en"  # the one other language of the screens


# ---- Sentences ----


class Spoken(str):
    """A Vietnamese text that knows how to say itself in English. Everywhere else it is a plain text."""

    __slots__ = ()

    def __str__(self) -> str:
        """Itself: `str(refusal)` of a BusinessError keeps what it needs to be translated."""
        return self

    def in_english(self) -> str:
        """What an English page shows."""
        return "".join(self)  # as it is, where nothing is known


class Said(Spoken):
    """A sentence that remembers its template and values; made by `say`."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, values: Mapping[str, Any]) -> Self:
        said = super().__new__(cls, template.format(**values))
        said.template = template
        said.values = values
        return said

    def __getnewargs__(self) -> tuple[str, Mapping[str, Any]]:  # type: ignore[override]
        return self.template, self.values

    def pattern_in_english(self) -> str:
        """The template from the catalogue, singular or plural."""
        count = self.values.get("count")
        return ngettext(self.template, self.template, count) if isinstance(count, int) else gettext(self.template)

    def in_english(self) -> str:
        """The template from the catalogue with the values put in, those translated that can be."""
        return self.pattern_in_english().format(**{name: _value(value) for name, value in self.values.items()})


class Listing(Spoken):
    """Several things in one breath."""

    __slots__ = ("items",)

    items: Sequence[str]

    def __new__(cls, items: Sequence[str], joint: str) -> Self:
        listed = super().__new__(cls, joint.join(items))
        listed.items = items
        return listed

    def __getnewargs__(self) -> tuple[Sequence[str], str]:  # type: ignore[override]
        return self.items, ", "

    def in_english(self) -> str:
        """ "a", "a and b", "a, b and c"."""
        words = [translated(item) for item in self.items]
        return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


class Catalogued(Spoken):
    """A text of ours that stands in the catalogue as it is, for use as a value within a sentence."""

    __slots__ = ()

    def in_english(self) -> str:
        """As the catalogue has it."""
        plain = "".join(self)
        return gettext(plain) if plain else ""


class Bilingual(Spoken):
    """A text of a record that brings its own English, such as the question of an electronic form."""

    __slots__ = ("english",)

    english: str

    def __new__(cls, text: str, english: str) -> Self:
        own = super().__new__(cls, text)
        own.english = english
        return own

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return "".join(self), self.english

    def rstrip(self, chars: str | None = None, /) -> "Bilingual":
        """Without these characters at the end, in both languages."""
        return Bilingual("".join(self).rstrip(chars), self.english.rstrip(chars))

    def in_english(self) -> str:
        """As the record says it."""
        return self.english


def say(template: str, **values: Any) -> Said:
    """`say("Hồ sơ {code} đã được nộp.", code=code)`: Vietnamese now, English at the edge.

    A value that must be translated too is itself made by `say`; texts of people and records are values as they are.
    The value named `count` chooses between the English singular and plural.
    """
    return Said(template, values)


def named(text: str) -> str:
    """What one of our own texts is called, for a value of `say`: `say("Xin khai “{title}”", title=named(title))`."""
    return text if isinstance(text, Spoken) else Catalogued(text)


def listing(items: Sequence[str], joint: str = " và ") -> Listing:
    """Things one after the other, with `joint` between them in Vietnamese."""
    return Listing(items, joint)


def translated(text: object) -> str:
    """The text in the language of the page: one of the above, or one that stands in the catalogue as it is.

    What isn't in the catalogue comes back unchanged.
    """
    if get_language() != ENGLISH:
        return str(text)
    if isinstance(text, Spoken):
        return text.in_english()
    plain = str(text)
    return gettext(plain) if plain else ""  # the empty text is the catalogue's own head


def _value(value: Any) -> Any:
    return value.in_english() if isinstance(value, Spoken) else value


# ---- Numbers, money and dates in words (bằng chữ), as receipts and civil-status papers write them ----


class Grouped(Spoken):
    """A number as it is written here, "16.000"; on an English page "16,000"."""

    __slots__ = ("number",)

    number: int

    def __new__(cls, number: int) -> Self:
        written = super().__new__(cls, f"{number:,}".replace(",", "."))
        written.number = number
        return written

    def __getnewargs__(self) -> tuple[int]:  # type: ignore[override]
        return (self.number,)

    def in_english(self) -> str:
        """16,000."""
        return f"{self.number:,}"


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
    return Grouped(number)


def money(amount: int) -> str:
    """16000 -> "16.000 đồng"."""
    return say("{amount} đồng", amount=grouped(amount))


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
