"""How well records answer a question: features of both, weighed (docs/decisions/0011-catalogue-search.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from motcua.procedures.finding.lexicon import Phrase
from motcua.procedures.finding.profile import STANDING, Profile, said_in, weigh
from motcua.procedures.finding.reading import SMALL, Reading, Unit
from motcua.procedures.finding.spelling import may_be, pairs
from motcua.procedures.finding.vocabulary import Vocabulary

MOST = 14.0  # what a saying weighs at most, about three rare words: its long official name mustn't drown the rest
OTHER_ACCENTS, NO_ACCENTS = 0.4, 0.6  # how much a word counts whose accents are others, or were left out
ASIDE, AROUND, SAID = 0.6, 0.7, 0.95  # a word in brackets; beside the name; found by a saying
HALF = 0.5  # of a saying that a name must have
LOOSE = 0.6  # of a saying whose words stand apart in the name

NEARLY = 4  # the power that sets a record with all of the question apart from those with most of it

_ARMY = ("quan", "quoc phong", "bo doi", "quan nhan", "linh", "ngu")
_ABROAD = ("nuoc ngoai", "su quan", "lanh su", "dai dien", "ngoai giao")

FEATURES = (
    "query", "whole", "literal", "name", "part", "both", "pairs", "first", "lead", "accents", "keyword", "said",
    "special", "special_missing", "special_named", "level_off", "level_on", "negation", "army", "abroad",
    "names", "sayings", "body", "rank", "mass",
    *STANDING,
)  # fmt: skip
WEIGHTS: Mapping[str, float] = {
    "query": 3.08,
    "whole": 2.27,
    "literal": 0.89,
    "name": 1.51,
    "part": 1.91,
    "both": 4.07,
    "pairs": 1.54,
    "first": 0.39,
    "lead": 1.22,
    "accents": -0.31,
    "keyword": 4.00,
    "said": 0.24,
    "special": -2.11,
    "special_missing": -2.18,
    "special_named": 2.18,
    "level_off": -2.89,
    "level_on": -0.13,
    "negation": -0.86,
    "army": -2.61,
    "abroad": -6.13,
    "names": 0.93,
    "sayings": 4.57,
    "body": 0.92,
    "rank": 0.60,
    "mass": 0.83,
    "commune": 1.17,
    "province": -0.69,
    "ministry": -0.72,
    "citizen": 0.25,
    "short": 1.13,
    "local": -2.37,
    "stale": -1.29,
    "life": 0.45,
    "length": 0.11,
    "district": -1.74,
}


@dataclass(frozen=True)
class Standing:
    """What the first search says of a record, each from 0 to 1: by typed words, by sayings, by long texts; its place;
    and how many of the best are of the same field."""

    names: float
    sayings: float
    body: float
    rank: float
    mass: float


class Judged(NamedTuple):
    """What a record is worth to a question.

    Attributes:
        score: only the order of such numbers means something.
        share: how much of the question the record has, from 0 to 1.
        is_near: it has any of the question's words, with their accents, or enough of what they may mean.
        has_any: it has any of the words, or others that only their accents tell apart.
    """

    score: float
    share: float
    is_near: bool
    has_any: bool


@dataclass(frozen=True)
class _Option:
    """One thing that a unit may mean: its words, how much each tells, and their neighbourhoods."""

    words: Phrase
    weights: tuple[float, ...]
    total: float
    pairs: tuple[str, ...]
    is_saying: bool


class Question:
    """A reading prepared for many records."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.units = [self._options(unit) for unit in reading.units]
        self._own = sum(options[0].total for options in self.units if not options[0].is_saying) or 1.0
        self._weights = [_weight(options) for options in self.units]
        self._words = [{word for option in options for word in option.words} for options in self.units]
        self._total = sum(self._weights) or 1.0
        typed = reading.looked_for
        said = [" ".join(phrase) for unit in reading.units for phrase in unit.meant]
        text = " / ".join([" ".join(typed), *said])
        self._special, _ = said_in(text)
        _, self._levels = said_in(" ".join(typed))
        self._army, self._abroad = (any(f" {one} " in f" {text} " for one in ones) for ones in (_ARMY, _ABROAD))
        self._denied = {pair for pair in pairs(typed) if pair.startswith("khong_") and pair in vocabulary.pairs}
        self._typed = frozenset(typed)
        self._telling = [word for word in self._typed if word not in SMALL] or list(self._typed)
        self._pairs = [
            (pair, min(vocabulary.rarity(word) for word in pair.split("_")))
            for pair in pairs(typed)
            if pair in vocabulary.pairs
        ]
        spelled = [pair for unit in reading.units for pair in zip(unit.words, unit.accents, strict=True)]
        self._accents = dict(spelled) if reading.with_accents else {}

    def _options(self, unit: Unit) -> list[_Option]:
        phrases = [(phrase, True) for phrase in unit.meant]
        if unit.words:
            phrases.insert(0, (unit.words, False))
        found = []
        for phrase, is_saying in phrases:
            weights = tuple(weigh(word, self._vocabulary.rarity) for word in phrase)
            neighbours = tuple(pairs(phrase)) if is_saying else ()
            found.append(_Option(phrase, weights, sum(weights) or 0.01, neighbours, is_saying))
        return found

    def _values(self, match: "_Match", profile: Profile, standing: Standing) -> list[float]:
        query, covered = match.got / self._total, match.covered
        name = sum(profile.places[word] for word in covered) / profile.weight
        special = profile.special - self._special
        return [
            query,
            query**NEARLY,
            match.literal / self._own,
            name,
            max((_weight_of(those & covered, profile) / total for those, total in profile.parts), default=name),
            query * name,
            self._in_pairs(profile, otherwise=query),
            float(bool(profile.words) and profile.words[0] in covered),
            _lead(profile, covered),
            match.foreign / match.spelled if match.spelled else 0.0,
            max((len(one & self._typed) / len(one | self._typed) for one in profile.keywords), default=0.0),
            match.said / self._total,
            len(special) / 3,
            len(self._special - profile.special) / 3,
            len(self._special & profile.special) / 3,
            float(bool(self._levels and profile.levels and not self._levels & profile.levels)),
            float(bool(self._levels & profile.levels)),
            self._denial(profile),
            float(profile.is_military and not self._army),
            float(profile.is_abroad and not self._abroad),
            standing.names,
            standing.sayings,
            standing.body,
            standing.rank,
            standing.mass,
            *profile.standing,
        ]

    def judge(self, profile: Profile, standing: Standing) -> "Judged":
        """How well a record answers the question."""
        match = self._matched(profile)
        values = self._values(match, profile, standing)
        score = sum(weight * value for weight, value in zip(_BY_PLACE, values, strict=True) if value)
        return Judged(score, match.got / self._total, match.is_near, match.has_any)

    def features(self, profile: Profile, standing: Standing) -> list[float]:
        """The features of a record, in the order of `FEATURES`."""
        return self._values(self._matched(profile), profile, standing)

    def _matched(self, profile: Profile) -> "_Match":
        match = _Match()
        match.has_any = any(word in profile.around or word in profile.places for word in self._telling)
        match.is_near = match.has_any and any(self._is_told(word, profile) for word in self._telling)
        for weight, options, those in zip(self._weights, self.units, self._words, strict=True):
            if not profile.places.keys().isdisjoint(those):  # most have nothing of it, and this is quick
                self._match(options, weight, profile, match)
        return match

    def _is_told(self, word: str, profile: Profile) -> bool:
        """Whether the record has the word with its accents: "tấm" isn't "tạm"."""
        if word not in profile.around and word not in profile.places:
            return False
        typed, written = self._accents.get(word, ""), profile.accents.get(word)
        return typed in ("", word) or not written or any(may_be(typed, one) for one in written)

    def _match(self, options: Sequence[_Option], weight: float, profile: Profile, match: "_Match") -> None:
        """Take the option that the name has most of."""
        best, covered, said = -1.0, [], False
        for option in options:
            got, here = self._got(option, profile, match)
            share = got / option.total
            if option.is_saying:
                if option.pairs:
                    together = sum(pair in profile.pairs for pair in option.pairs) / len(option.pairs)
                    share *= LOOSE + (1 - LOOSE) * together
                share *= SAID
            else:
                match.literal += got
            if share > best:
                best, covered, said = share, here, option.is_saying
        match.got += weight * best
        match.covered.update(covered)
        if said and best > HALF:
            match.said += weight
            match.is_near = True

    def _got(self, option: _Option, profile: Profile, match: "_Match") -> tuple[float, list[str]]:
        """How much of an option's words the name has, and which."""
        got, here = 0.0, []
        for word, weight in zip(option.words, option.weights, strict=True):
            place = profile.places.get(word)
            if place is None:
                continue
            here.append(word)
            counts = 1.0
            typed = "" if option.is_saying else self._accents.get(word, "")
            if typed:
                match.spelled += weight
                if typed not in profile.accents[word]:
                    counts = NO_ACCENTS if typed == word else OTHER_ACCENTS
                    match.foreign += weight * (1 - counts)
            got += weight * counts * (ASIDE if place < weight * 0.5 else 1)
        return got, here

    def _denial(self, profile: Profile) -> float:
        """1 if the name denies what the question doesn't, or the other way round."""
        if "khong" in profile.words:
            return float(not self._denied & profile.pairs)
        return float("khong_phai" in self._denied)

    def _in_pairs(self, profile: Profile, *, otherwise: float) -> float:
        total = sum(weight for _, weight in self._pairs)
        return sum(weight for pair, weight in self._pairs if pair in profile.pairs) / total if total else otherwise


class _Match:
    """What of a question one name has."""

    def __init__(self) -> None:
        self.got = self.literal = self.said = 0.0
        self.spelled = self.foreign = 0.0
        self.covered: set[str] = set()
        self.is_near = self.has_any = False


def _weight_of(those: frozenset[str] | set[str], profile: Profile) -> float:
    return sum(profile.places.get(word, 0.0) for word in those)


def _lead(profile: Profile, covered: set[str]) -> float:
    """How much of what the name has of the question stands at its very beginning, where names say what is done."""
    all_of_it = _weight_of(covered, profile)
    lead: set[str] = set()
    for word in profile.words:
        if word not in covered and word not in SMALL:
            break
        lead.add(word)
    return _weight_of(lead & covered, profile) / all_of_it if all_of_it else 0.0


def _weight(options: Sequence[_Option]) -> float:
    """How much a unit tells: its words, or what they stand for."""
    said = max((option.total for option in options if option.is_saying), default=0.0)
    own = 0.0 if options[0].is_saying else options[0].total
    return min(MOST, max(said, own / 2)) if said else own


_BY_PLACE: tuple[float, ...] = tuple(WEIGHTS.get(name, 0.0) for name in FEATURES)
