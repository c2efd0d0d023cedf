"""Vietnamese words one by one: folded, with their accents in one writing, and as keyboards leave them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, permutations

from motcua.core.text import clean, fold

_WORD = re.compile(r"[^\W_]+")
# huyền hỏi ngã sắc nặng; half of the country says hỏi and ngã alike and writes one for the other.
_TONES = {"\u0300": "F", "\u0309": "R", "\u0303": "R", "\u0301": "S", "\u0323": "J"}
_MARKS = "FRSJ"
_ONSET = "b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x|"
_RHYME = (
    "a(?:ch?|i|m|ng?|nh|o|p|t|u|y)?|e(?:c|m|ng?|o|p|t|u|nh|ch)?|i(?:a|ch|m|n|nh|p|t|u)?|ie(?:c|m|ng?|p|t|u)"
    "|o(?:a|c|e|i|m|ng?|p|t)?|oa(?:ch?|i|m|ng?|nh|o|p|t|y)|oe(?:n|o|t)|oo(?:c|ng)"
    "|u(?:a|c|e|i|m|ng?|o|p|t|u|y)?|ua(?:n|ng|t|y)|ue(?:ch|nh)|uo(?:c|i|m|ng?|p|t|u)|uy(?:a|ch|nh|t|u)|uye(?:n|t)"
    "|y(?:e(?:m|n|t|u))?"
)
_SYLLABLE = re.compile(rf"(?:{_ONSET})(?:{_RHYME})")

_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("aw", "a"), ("ow", "o"), ("uw", "u"), ("w", "u"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TELEX_TONES = "sfrxjz"


def typed_words(text: str) -> list[str]:
    """The words of a text as they stand there."""
    return _WORD.findall(text)


def words(text: str) -> list[str]:
    """The folded words of a text, abbreviations written out."""
    return [word for word, _ in spelled(text)]


def spelled(text: str) -> list[tuple[str, str]]:
    """The words of a text: folded, and with their accents as `accented` writes them; abbreviations written out."""
    found: list[tuple[str, str]] = []
    for typed in _WORD.findall(clean(text)):
        word = plain(typed)
        if word in _IN_FULL:
            found += _IN_FULL[word]
        elif word:
            found.append((word, accented(typed)))
    return found


@lru_cache(maxsize=50_000)
def plain(typed: str) -> str:
    """One word folded; nothing but letters and digits."""
    return "".join(letter for letter in fold(typed) if letter.isascii() and letter.isalnum())


@lru_cache(maxsize=50_000)
def accented(typed: str) -> str:
    """One word with its accents in one writing: the tone as a capital at the end, so that "hoà" is "hòa"."""
    shape, tone = [], ""
    for char in unicodedata.normalize("NFD", typed.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            shape.append(char)
    return unicodedata.normalize("NFC", "".join(shape)) + tone


def may_be(typed: str, written: str) -> bool:
    """Whether a word can be what somebody typed who left marks out, or never hears hỏi from ngã; as `accented` is."""
    if typed == written:
        return True
    shape, whole = typed.rstrip(_MARKS), written.rstrip(_MARKS)
    if shape != typed and typed[len(shape) :] != written[len(whole) :]:
        return False  # another tone
    return shape == whole or (len(shape) == len(whole) and all(map(_is_less, shape, whole)))


def _is_less(typed: str, written: str) -> bool:
    """Whether a letter is the other, perhaps without its mark: "d" for "đ"."""
    return typed == written or typed == plain(written)


def pairs(those: Sequence[str]) -> list[str]:
    """Neighbouring words as one: most Vietnamese words have two syllables."""
    return [f"{first}_{second}" for first, second in pairwise(those)]


def is_syllable(word: str) -> bool:
    """Whether a folded word could be Vietnamese at all."""
    return _SYLLABLE.fullmatch(word) is not None


def without_keys(word: str) -> Iterator[str]:
    """What a word may be that shows the keys of Telex or VNI: "ddawng", "khai1", "d9a8ng", "sinhf"."""
    if not word.isascii():
        return
    lowered = word.lower()
    if any(letter.isdigit() for letter in lowered) and lowered[0].isalpha():
        yield re.sub(r"[0-9]", "", lowered)
    for bare in _without_tone(lowered):
        for keys, letter in _TELEX:
            bare = bare.replace(keys, letter)
        if bare != lowered:
            yield bare


def _without_tone(word: str) -> Iterator[str]:
    yield word
    if len(word) > 2:
        for place in range(len(word) - 1, 0, -1):
            if word[place] in _TELEX_TONES:
                yield word[:place] + word[place + 1 :]


def one_slip(word: str) -> Iterator[str]:
    """All words one letter away: one too many, one missing, one wrong, two swapped."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for left, right in halves:
        if right:
            yield left + right[1:]
            yield from (left + letter + right[1:] for letter in _LETTERS)
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        yield from (left + letter + right for letter in _LETTERS)


# What sounds the same to many: in the North (l n, s x, ch tr, d gi r), in the South (v d gi, final n ng, t c), to all
# (i y, g gh). Each side may be written for the other.
_HEARD_FIRST = ("s x", "ch tr", "d gi r", "l n", "v d gi", "g gh", "ng ngh", "c k", "qu k")
_CONSONANTS = frozenset("bcdghklmnpqrstvxđ")
_HEARD_LAST = ("n ng", "n nh", "t c", "t ch", "i y", "ao au", "iu ieu", "iu uu", "ui uoi", "im iem", "iem em")


def _swaps(alike: Sequence[str]) -> list[tuple[str, str]]:
    """Each of them for each other one."""
    return [(one, other) for group in alike for one, other in permutations(group.split(), 2)]


_FIRST, _LAST = _swaps(_HEARD_FIRST), _swaps(_HEARD_LAST)


def sound_alikes(word: str) -> Iterator[str]:
    """Syllables that sound the same to many who write them: "xinh" for "sinh", "sac" for "xac".

    Args:
        word: folded; or with accents as `accented` writes them.
    """
    bare = word.rstrip(_MARKS)
    tone = word[len(bare) :]
    for one, other in _FIRST:
        if bare.startswith(one) and bare[len(one) : len(one) + 1] not in _CONSONANTS:
            yield other + bare[len(one) :] + tone
    for one, other in _LAST:
        if bare.endswith(one) and len(bare) > len(one):
            yield bare[: -len(one)] + other + tone


_ABBREVIATIONS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "bhxh": "bảo hiểm xã hội",
    "bhyt": "bảo hiểm y tế",
    "bhtn": "bảo hiểm thất nghiệp",
    "tnlđ": "tai nạn lao động",
    "bnn": "bệnh nghề nghiệp",
    "nhnn": "ngân hàng nhà nước",
    "kbnn": "kho bạc nhà nước",
    "nsnn": "ngân sách nhà nước",
    "tnhh": "trách nhiệm hữu hạn",
    "gtgt": "giá trị gia tăng",
    "tncn": "thu nhập cá nhân",
    "tndn": "thu nhập doanh nghiệp",
    "ttđb": "tiêu thụ đặc biệt",
    "cqđd": "cơ quan đại diện",
    "nlđ": "người lao động",
    "kcb": "khám bệnh chữa bệnh",
    "htx": "hợp tác xã",
    "pccc": "phòng cháy chữa cháy",
    "qsdđ": "quyền sử dụng đất",
    "cccd": "căn cước công dân",
    "cmnd": "chứng minh nhân dân",
    "csdl": "cơ sở dữ liệu",
    "attp": "an toàn thực phẩm",
    "gplx": "giấy phép lái xe",
    "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông",
    "vsattp": "vệ sinh an toàn thực phẩm",
}
_IN_FULL = {
    plain(short): [(plain(word), accented(word)) for word in full.split()] for short, full in _ABBREVIATIONS.items()
}
