"""What people say for what the catalogue writes: read from `words/*.txt`, and what staff add.

A line of a file is `said, or said so = written so | or so`; after `#` comes a remark. Three files are read otherwise:
what questions are wrapped in (only the left side), the short words of messages (one word for one), situations, whose
left side is `this / or this + that`: all of it is said somewhere in the question.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from motcua.procedures.finding.spelling import may_be, spelled, words

WRAPPING, SHORT_WORDS, SITUATIONS = "boc.txt", "teencode.txt", "tinh-huong.txt"

Phrase = tuple[str, ...]
Token = tuple[str, str]  # a folded word, and with its accents; these are empty if nobody typed them

# Words that may stand between the words of a saying: "mất CÁI thẻ", "làm lại CHO EM giấy khai sinh".
FILLERS = frozenset(
    words(
        "a anh bi cai chau chi cho con cua da dang em het la luon mat may minh moi nay nha quyen roi ta tam tao thi to"
        " toi tui va"
    )
)
MOST_FILLERS = 2
WORDS_A_SLIP = 4  # words of a saying of which one may have wrong accents: so many don't stand together by chance


@dataclass(frozen=True)
class Saying:
    """Something people say, and what the catalogue writes for it: one of the phrases `meant`."""

    said: Phrase
    accents: Phrase
    meant: tuple[Phrase, ...] = ()
    text: str = ""  # as it is shown: "sổ đỏ"

    def end(self, tokens: Sequence[Token], start: int, *, fillers: int = 0) -> int:
        """Where the saying ends if it begins at `start` of a question; 0 if it doesn't.

        Typed accents must be its own; some may be left out, and of a long saying's one may be wrong.

        Args:
            tokens: the question.
            start: a place in it.
            fillers: how many words of no meaning may stand in between.
        """
        place, slips = start, 0
        for word, accents in zip(self.said, self.accents, strict=True):
            while fillers and start < place < len(tokens) and tokens[place][0] != word and tokens[place][0] in FILLERS:
                place, fillers = place + 1, fillers - 1
            if place >= len(tokens) or tokens[place][0] != word:
                return 0
            typed = tokens[place][1]
            if typed not in (accents, word, "") and not may_be(typed, accents):
                slips += 1
                if slips * WORDS_A_SLIP > len(self.said):
                    return 0
            place += 1
        return place


@dataclass(frozen=True)
class Situation:
    """What has happened, told in several things said anywhere in a question, and what is then to be done."""

    told: tuple[tuple[Saying, ...], ...]  # all of them, each in one of these words
    meant: tuple[Phrase, ...]
    text: str

    def is_told(self, tokens: Sequence[Token], places: Mapping[str, Sequence[int]]) -> bool:
        """Whether a question tells it. `places`: where each word stands in it."""
        return all(
            any(saying.end(tokens, place, fillers=1) for saying in sayings for place in places.get(saying.said[0], ()))
            for sayings in self.told
        )


@dataclass
class Lexicon:
    """All that people say.

    Attributes:
        sayings: by their first word.
        wrapping: what says nothing about what is looked for, by its first word.
        short_words: "đc" for "được", by how it is typed: "dc" is another.
        situations: what happened.
    """

    sayings: dict[str, list[Saying]] = field(default_factory=dict)
    wrapping: dict[str, list[Saying]] = field(default_factory=dict)
    short_words: dict[Token, tuple[Token, ...]] = field(default_factory=dict)
    situations: list[Situation] = field(default_factory=list)

    def phrases(self) -> Iterator[Phrase]:
        """All that is said, folded: none of its words is a typing error."""
        yield from ((word,) for word, _ in self.short_words)
        for table in (self.sayings, self.wrapping):
            yield from (saying.said for sayings in table.values() for saying in sayings)

    def add(self, said: str, meant: Iterable[str]) -> None:
        """Take in one more saying."""
        self._take(_saying(said, _phrases(meant)))

    def _take(self, saying: Saying) -> None:
        if saying.said and saying.meant:
            self.sayings.setdefault(saying.said[0], []).append(saying)

    def read(self, name: str, said: str, written: str) -> None:
        """Take in the line of a file."""
        meant = _phrases(written.split("|"))  # once a line: most lines say it in many ways
        if name == SITUATIONS:
            told = tuple(tuple(_saying(one, ()) for one in part.split("/")) for part in said.split("+"))
            text = " + ".join(sayings[0].text for sayings in told)
            self.situations.append(Situation(told, meant, text))
            return
        for one in said.split(","):
            saying = _saying(one, meant)
            if name == WRAPPING:
                self.wrapping.setdefault(saying.said[0], []).append(saying)
            elif name == SHORT_WORDS and len(meant) == len(saying.said) == 1:
                self.short_words[saying.said[0], saying.accents[0]] = tuple(spelled(written))
            else:
                self._take(saying)


def lexicon(more: Mapping[str, Sequence[str]] | None = None) -> Lexicon:
    """The portal's own words, and those that staff have added (said → meant)."""
    own = _own()
    found = replace(own, sayings={word: [*sayings] for word, sayings in own.sayings.items()})
    for said, meant in (more or {}).items():
        found.add(said, meant)
    return found


@cache
def _own() -> Lexicon:
    """The files' words; they are read once in a process, and changed by nobody."""
    found = Lexicon()
    for name, said, written in _lines():
        found.read(name, said, written)
    return found


def _saying(said: str, meant: tuple[Phrase, ...]) -> Saying:
    here = spelled(said)
    return Saying(tuple(word for word, _ in here), tuple(accents for _, accents in here), meant, said.strip())


def _phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    read = (tuple(words(text)) for text in texts)
    return tuple(phrase for phrase in read if phrase)


@cache
def _lines() -> tuple[tuple[str, str, str], ...]:
    """File, left side, right side of every line."""
    folder = resources.files("motcua.procedures.finding") / "words"
    read = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        for line in file.read_text("utf-8").splitlines() if file.name.endswith(".txt") else ():
            said, _, written = line.partition("#")[0].partition("=")
            if said.strip():
                read.append((file.name, said.strip(), written.strip()))
    return tuple(read)
