"""A question as the search reads it: without its wrapping, mended, with what its words may mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.procedures.finding.lexicon import MOST_FILLERS, Lexicon, Phrase, Saying, Token
from motcua.procedures.finding.persons import without_persons
from motcua.procedures.finding.spelling import is_syllable, spelled, words
from motcua.procedures.finding.vocabulary import Vocabulary

# Words that hold a sentence together. Without accents they may be others ("toi": tôi, tội), so they only weigh less.
SMALL = frozenset(
    words(
        "a ah ai anh ban bao bi cac cai can chi cho chua cua cung da dang dau de den di do duoc em gi giup gio hay hoac"
        " hoi la lam lau luon ma may minh muon nao nay nen neu nha nhe nhi nhieu nhu nhung o oi phai ra roi sao se tai"
        " thang thi the theo thoi thu tien toi trong tu tuc va vao vay ve vi viec voi xin"
    )
)
LESS = 0.3
# Words of stories, with their accents: time, people, ways of saying. Typed so, where no name has them beside a
# neighbour, they say nothing about what is looked for.
_STORY = (
    "quê tuần hôm bữa bác cháu chú cô dì cậu mợ thím ông bà bạn má tía anh chị em nó mình tui chúng tụi mấy vài nhiều"
    " ít lắm quá rất hơi cũng đều mà nếu khi lúc giờ nay mai rồi xong hết nữa luôn ngay liền vẫn cứ đang đã sẽ sắp từng"
    " đây đó kia này nọ ấy vậy thế sao gì nào đâu ai lên xuống đi đến tới ra vào nhờ giúp chịu bảo nói kêu biểu nghe"
    " thấy biết hiểu nhớ quên định tính muốn cần phải nên thích đứa thằng sợ lo nghĩ hông hổng tên riêng để thêm đòi"
    " bắt nhưng"
)
STORY = frozenset(accents for _, accents in spelled(_STORY))
DENIED = 4  # words after which nobody knows what is denied
MOST_DENIED = 7  # words: "không có yếu tố nước ngoài"
ACCENTED = 0.4  # of the words: whose writer types accents, and means none where there are none

# What makes a procedure a special case of another one: who doesn't name it doesn't mean it.
_SPECIAL = (
    "nuoc ngoai|luu dong|bien gioi|co quan dai dien|lien thong|khu cong nghiep|quan doi|quoc phong|cong an nhan dan"
    "|luc luong vu trang|dac biet|tau bien|hai quan|ket hop|dang ky lai|cap lai|bo tu phap|dan toc thieu so|hop tac xa"
    "|phuc hoi|thay doi|dinh chi|thu hoi|cai chinh|uy quyen|giam sat|dang tai ngu|co thoi han|cham dut|giai the|xoa"
    "|chuyen doi|tam thoi|dieu chinh|gia han|nghi huu|khang chien|cua nuoc ngoai|noi tru|khieu nai|to cao|huy bo"
    "|sua chua|tro lai|cap doi|sua doi|trung uong|xuat khau|nhap khau|tam ngung|tu choi|sap nhap|chia tach"
)
SPECIAL = tuple(_SPECIAL.split("|"))
_BETWEEN = frozenset(words("co yeu to phai can muon lam nhan o dien thuoc truong hop"))


@dataclass(frozen=True)
class Unit:
    """A piece of a question, and what it may mean.

    Attributes:
        words: folded, as they were typed and mended; none for a situation, whose words stand elsewhere too.
        accents: the same with accents; empty where nobody typed them.
        meant: what the catalogue writes for it: one of these.
        said: the saying by which it means that.
    """

    words: Phrase
    accents: Phrase
    meant: tuple[Phrase, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Reading:
    """A question as it was read.

    Attributes:
        units: what it looks for.
        words: all of its words, mended.
        mended: words as typed, with what they were read as.
        with_accents: whether the writer types accents.
    """

    units: tuple[Unit, ...]
    words: Phrase
    mended: tuple[tuple[str, str], ...] = ()
    with_accents: bool = False

    @property
    def looked_for(self) -> Phrase:
        """The typed words of all units."""
        return tuple(word for unit in self.units for word in unit.words)


@dataclass(frozen=True)
class _Span:
    """Places of a question that a saying takes."""

    start: int
    end: int
    saying: Saying
    is_wrapping: bool

    @property
    def rank(self) -> tuple[int, bool, int]:
        """The longest first; meaning before wrapping; from the left."""
        return self.start - self.end, self.is_wrapping, self.start


class Reader:
    """Reads questions with a catalogue's vocabulary and what people say."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._vocabulary = vocabulary
        self.lexicon = lexicon

    def read(self, text: str, *, as_typed: bool = False) -> Reading:
        """A question read; `as_typed`: typing errors stay."""
        asked = without_persons(text, self._vocabulary.are_together)
        typed = self._without_denied(self._in_full(spelled(asked)))
        with_accents = sum(map(_is_accented, typed)) >= ACCENTED * len(typed)
        tokens, mended = (typed, []) if as_typed else self._mended(typed)
        return Reading(
            units=tuple(self._units(tokens)),
            words=tuple(word for word, _ in tokens),
            mended=tuple(mended),
            with_accents=with_accents,
        )

    def _in_full(self, typed: Sequence[Token]) -> list[Token]:
        """Short words of messages written out, unless they stand for themselves ("C/O")."""
        found: list[Token] = []
        for place, (word, accents) in enumerate(typed):
            before = typed[place - 1][0] if place else ""
            after = typed[place + 1][0] if place + 1 < len(typed) else ""
            full = self.lexicon.short_words.get((word, accents or word))
            if full and self._is_said_itself(before, word, after, full[0][0]):
                found.append((word, ""))  # "sổ hổng" is "sổ hồng": its accents are a slip
            elif full is None or self._is_itself(before, word, after, full[0][0]):
                found.append((word, accents))
            else:
                found += full
        return found

    def _is_itself(self, before: str, word: str, after: str, full: str) -> bool:
        """Whether names have the short word beside a neighbour where they, and people, don't have the full one."""
        company = self._vocabulary.company
        return bool(company(before, word, after)) and not company(before, full, after)

    def _is_said_itself(self, before: str, word: str, after: str, full: str) -> bool:
        """Whether people say it there as a word of its own: "sổ hồng", though "hổng" is "không"."""
        is_said = self._vocabulary.is_said
        return is_syllable(word) and is_said(before, word, after) and not is_said(before, full, after)

    def _without_denied(self, typed: Sequence[Token]) -> list[Token]:
        """Without what isn't wanted: "không phải gia hạn", "không có yếu tố nước ngoài"; unless names deny the same."""
        found: list[Token] = []
        place = 0
        while place < len(typed):
            denied = self._denied([word for word, _ in typed[place : place + MOST_DENIED]]) if place else 0
            if denied:
                place += denied
            else:
                found.append(typed[place])
                place += 1
        return found

    def _denied(self, ahead: Sequence[str]) -> int:
        """How many words are denied at their beginning."""
        if ahead[0] != "khong" or len(ahead) < 3:
            return 0
        if ahead[1] == "phai" and ahead[2] not in SMALL and f"{ahead[1]}_{ahead[2]}" not in self._vocabulary.pairs:
            return min(len(ahead), DENIED)
        for special in SPECIAL:
            those = special.split()
            for start in range(1, len(ahead) - len(those) + 1):
                if ahead[start : start + len(those)] == those and _BETWEEN.issuperset(ahead[1:start]):
                    return start + len(those)
        return 0

    def _mended(self, typed: Sequence[Token]) -> tuple[list[Token], list[tuple[str, str]]]:
        """Mended; but a word with its accents that there is wasn't mistyped ("kiện" isn't "điện"), nor a small one."""
        tokens: list[Token] = []
        changed: list[tuple[str, str]] = []
        heard = self._heard(typed)
        for token, read in zip(typed, self._vocabulary.mended(heard), strict=True):
            is_meant = _is_accented(token) and self._vocabulary.knows(token[0])
            if token[0] in SMALL or read == [token[0]] or (is_meant and token[0] in heard):
                tokens.append(token)
            else:
                tokens += [(word, "") for word in read]
                changed.append((token[0], " ".join(read)))
        return tokens, changed

    def _heard(self, typed: Sequence[Token]) -> list[str]:
        """The words, some as others that sound alike: "giấy sác nhận" is "giấy xác nhận"."""
        around = ["", *(word for word, _ in typed), ""]
        return [
            word if word in SMALL else self._vocabulary.heard(around[place], word, accents, around[place + 2])
            for place, (word, accents) in enumerate(typed)
        ]

    def _units(self, tokens: Sequence[Token]) -> list[Unit]:
        spans, beside = self._spans(tokens)
        units: list[Unit] = []
        place = 0
        while place < len(tokens):
            here = spans.get(place, [])
            end = here[0].end if here else place + 1
            if not here and self._is_story(tokens, place):
                place = end
                continue
            if not here or not here[0].is_wrapping:
                units.append(_unit(tokens[place:end], [span.saying for span in here]))
            place = end
        units += [Unit((), (), saying.meant, saying.text) for saying in beside]
        units += self._situations(tokens)
        return units or [_unit([token], []) for token in tokens]

    def _is_story(self, tokens: Sequence[Token], place: int) -> bool:
        word, accents = tokens[place]
        if accents == word or accents not in STORY:
            return False
        before = tokens[place - 1][0] if place else ""
        after = tokens[place + 1][0] if place + 1 < len(tokens) else ""
        return not self._vocabulary.company(before, word, after)

    def _spans(self, tokens: Sequence[Token]) -> tuple[dict[int, list[_Span]], list[Saying]]:
        """Which sayings take which places, by where they start; several with the same words take them together. And
        those that share words with longer ones: "tạm dừng kinh doanh" in "tạm dừng kinh doanh hộ gia đình"."""
        there = {word for word, _ in tokens}
        found = [
            _Span(start, end, saying, is_wrapping)
            for start, (word, _) in enumerate(tokens)
            for table, is_wrapping in ((self.lexicon.sayings, False), (self.lexicon.wrapping, True))
            for saying in table.get(word, ())
            if there.issuperset(saying.said)
            and (end := saying.end(tokens, start, fillers=0 if is_wrapping else MOST_FILLERS))
        ]
        beside: list[Saying] = []
        taken: dict[int, _Span] = {}
        spans: dict[int, list[_Span]] = {}
        for span in sorted(found, key=lambda span: span.rank):
            standing = taken.get(span.start)
            if standing and (standing.start, standing.end, standing.is_wrapping) == (span.start, span.end, False):
                if not span.is_wrapping:
                    spans[span.start].append(span)
            elif not any(place in taken for place in range(span.start, span.end)):
                taken |= dict.fromkeys(range(span.start, span.end), span)
                spans[span.start] = [span]
            elif not span.is_wrapping and not all(place in taken for place in range(span.start, span.end)):
                beside.append(span.saying)
        return spans, beside

    def _situations(self, tokens: Sequence[Token]) -> list[Unit]:
        places: dict[str, list[int]] = {}
        for place, (word, _) in enumerate(tokens):
            places.setdefault(word, []).append(place)
        return [
            Unit((), (), situation.meant, situation.text)
            for situation in self.lexicon.situations
            if situation.is_told(tokens, places)
        ]


def _is_accented(token: Token) -> bool:
    word, accents = token
    return accents not in (word, "")


def _unit(tokens: Sequence[Token], sayings: Sequence[Saying]) -> Unit:
    return Unit(
        words=tuple(word for word, _ in tokens),
        accents=tuple(accents for _, accents in tokens),
        meant=tuple(dict.fromkeys(phrase for saying in sayings for phrase in saying.meant)),
        said=sayings[0].text if sayings else "",
    )
