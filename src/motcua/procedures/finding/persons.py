"""Names of persons in what people type: they say nothing about a procedure, and find nothing."""

from collections.abc import Callable, Sequence

from motcua.procedures.finding.spelling import accented, pairs, plain, typed_words

# The commonest family names; nine of ten Vietnamese have one of them.
_SURNAMES = (
    "bùi cao châu chu đàm đặng đào đinh đoàn đỗ dương giang hà hồ hoàng hứa huỳnh kiều la lâm lê lương lưu lý mạc mai"
    " nghiêm ngô nguyễn nông ông phạm phan phùng quách tạ tăng thái thạch tô tôn tống trần triệu trịnh trương từ văn vi"
    " võ vũ vương"
)
SURNAMES = frozenset(accented(name) for name in _SURNAMES.split())
SURNAMES_PLAIN = frozenset(plain(name) for name in _SURNAMES.split())
MIDDLE = frozenset({"van", "thi"})  # between family name and own name: of a man, of a woman
LONGEST = 5  # words
LEAST = 3  # words of a name in a sentence

IsKnown = Callable[[str], bool]


def without_persons(text: str, is_known: IsKnown) -> str:
    """The text without the names of persons: empty if it is one.

    Args:
        text: as it was typed.
        is_known: whether two folded words ("khai_sinh") stand together in the catalogue, or people say them.
    """
    typed = typed_words(text)
    if len(typed) <= LONGEST and _is_person(typed, is_known):
        return ""
    if all(word[:1].isupper() for word in typed):
        return text  # written so from beginning to end: a capital tells nothing
    for start, word in enumerate(typed):
        end = start
        while end < len(typed) and end - start < LONGEST and typed[end][:1].isupper():
            end += 1
        if end - start >= LEAST and accented(word) in SURNAMES and _is_person(typed[start:end], is_known):
            return without_persons(" ".join([*typed[:start], *typed[end:]]), is_known)
    return text


def _is_person(typed: Sequence[str], is_known: IsKnown) -> bool:
    folded = [plain(word) for word in typed]
    has_accents = any(not word.isascii() for word in typed)
    if len(typed) < 2 or (accented(typed[0]) not in SURNAMES if has_accents else folded[0] not in SURNAMES_PLAIN):
        return False
    known = [is_known(pair) for pair in pairs(folded)]
    if len(typed) >= LEAST and folded[1] in MIDDLE:
        return not all(known)
    is_spelled_so = all(word[:1].isupper() and word[1:].islower() for word in typed)
    return not any(known[-1:] if is_spelled_so else known) and (is_spelled_so or len(typed) >= LEAST)
