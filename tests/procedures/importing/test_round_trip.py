"""Read and written again, nothing is lost: made-up lines, the sample's records, the whole real catalogue."""

import contextlib
import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from motcua.core.text import fold
from motcua.procedures.importing import LineError, content, read, write
from motcua.procedures.importing.files import Line, lines_of, reading_of
from motcua.procedures.importing.tidying import tidy
from motcua.procedures.records import SCHEMAS, canonical
from tests.procedures.catalogue import SAMPLE
from tests.procedures.catalogue import read as sample
from tests.procedures.importing.lines import FULL, INDEX, full, paper, short, way

CODES = sorted(path.stem for path in (SAMPLE / "procedures").glob("*.json"))
FIELDS = {field["slug"]: field["name"] for field in sample("fields")}
SCHEMA = Draft202012Validator(json.loads((SCHEMAS / "catalogue-line.schema.json").read_text(encoding="utf-8")))

real = pytest.mark.skipif(not FULL.exists(), reason="the real catalogue is not at hand")

TEXT = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "Bước 1: Nộp\nTại quầy",
        "Thủ tục (cấp xã).",
        "a; B; (c; D)",
        "5 Ngày làm việc",
        "Miễn phí",
        "Lưu ý: x",
        "Đơn.docx",
    ]
)
MAYBE = st.none() | TEXT
OPTIONAL = ["code", "field", "agency", "authority", "audience", "steps", "result", "conditions", "keywords", "kind"]
LINES = st.fixed_dictionaries(
    {
        "name": TEXT.filter(lambda text: tidy(text) != ""),
        "methods": st.lists(
            st.builds(
                way,
                channel=st.sampled_from(["direct", "online", "postal"]),
                duration_text=MAYBE,
                duration_value=st.none() | st.integers(0, 400),
                fee_text=MAYBE,
                fees=st.none()
                | st.lists(
                    st.fixed_dictionaries({"amount": st.integers(0, 10**7), "currency": st.just("VND"), "note": TEXT}),
                    max_size=3,
                ),
                description=MAYBE,
            ),
            max_size=3,
        ),
        "components": st.lists(
            st.builds(
                paper,
                TEXT.filter(lambda text: tidy(text) != ""),
                originals=st.integers(0, 3),
                copies=st.integers(0, 3),
                group=MAYBE,
                form_name=MAYBE,
            ),
            max_size=3,
        ),
        "legal_basis": st.lists(TEXT, max_size=3),
        "forms": st.lists(TEXT, max_size=3),
    },
    optional=dict.fromkeys(OPTIONAL, MAYBE),
)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_a_line_read_written_and_read_says_the_same(line: dict[str, Any]) -> None:
    before = copy.deepcopy(line)
    reading = read(line)
    assert line == before  # reading changes nothing of what it is given
    with_source = write(
        reading.record, field_name=reading.field_name, life_events=reading.life_events, source=reading.line
    )
    assert read(with_source).record == reading.record
    assert with_source == reading.line
    alone = write(reading.record, field_name=reading.field_name, life_events=reading.life_events)
    assert content(read(alone).record) == content(reading.record)
    json.dumps(alone)
    assert SCHEMA.is_valid(alone)


@pytest.mark.parametrize("code", CODES)
def test_a_rich_record_of_the_sample_comes_back_whole(code: str) -> None:
    given_ = sample(f"procedures/{code}")
    record = canonical({key: value for key, value in given_.items() if key != "life_events"})
    line = write(record, field_name=FIELDS[given_["field"]], life_events=given_["life_events"])
    reading = read(json.loads(json.dumps(line)))
    assert reading.record == record
    assert reading.life_events == sorted(given_["life_events"])
    assert not reading.is_short
    SCHEMA.validate(line)


def test_what_is_unknown_here_comes_back() -> None:
    reading = read(full(crawl_date="2026-07-17", anything={"a": [1, None]}))
    edited = reading.record | {"summary": "Một câu của người biên tập."}
    line = write(edited, field_name="Thư viện", life_events=["hoc-tap"], source=reading.line)
    assert (line["crawl_date"], line["anything"]) == ("2026-07-17", {"a": [1, None]})
    assert read(line).record == edited


def test_a_field_that_has_another_slug_here_leaves_the_rest_of_the_source_as_it_came() -> None:
    reading = read(full())
    line = write(
        reading.record | {"field": "sach-vo"}, field_name="Thư viện", life_events=["hoc-tap"], source=reading.line
    )
    assert line == reading.line | {"motcua": {"field": "sach-vo"}}


def test_a_short_line_is_short_and_says_no_more() -> None:
    reading = read(short())
    assert reading.is_short
    assert set(reading.record) == {"code", "name", "short_name", "field"}
    assert not reading.doubts


def test_a_whole_line_is_not_doubted() -> None:
    assert read(full()).doubts == []


def test_what_is_missing_is_told_part_by_part() -> None:
    reading = read(full(steps=None, result=None, field=None, legal_basis=[]))
    assert {doubt.place for doubt in reading.doubts} == {"steps", "results", "field", "legal_basis"}
    assert reading.record["field"] == "chua-phan-loai"


def test_a_fee_missing_everywhere_is_one_doubt() -> None:
    unknown = way(fee_text=None, fees=None)
    reading = read(full(methods=[unknown, unknown]))
    assert [(doubt.kind, doubt.place) for doubt in reading.doubts] == [("thieu-phi", "methods")]
    reading = read(full(methods=[way(), unknown]))
    assert [(doubt.kind, doubt.place) for doubt in reading.doubts] == [("thieu-phi", "methods/2")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": None},
        {"name": " \u200b "},
        {"name": 5},
        {"name": "x" * 1501},
        {"code": 1.001193},
        {"steps": ["Bước 1"]},
        {"forms": "a.docx"},
        {"legal_basis": [None]},
        {"methods": {"channel": "direct"}},
        {"methods": [way(channel="fax")]},
        {"methods": [way(duration_value="5")]},
        {"methods": [way(fees=[5])]},
        {"methods": [way(fees=[{"amount": ["x"], "currency": "VND"}])]},
        {"components": [paper("")]},
        {"components": [paper("Đơn", originals=-1)]},
        {"components": [paper("Đơn", originals=10**9)]},
        {"components": [paper("Đơn", group=["x"])]},
        {"motcua": ["x"]},
        {"motcua": {"steps": "Bước 1"}},
        {"motcua": {"password": "x"}},
        {"motcua": {"effective_from": "mai"}},
        {"audience": 5},
        {"audience": ["Công dân", 5]},
        {"methods": [way(channel=["direct"])]},
        {"methods": [way(duration_value=float("inf"))]},
        {"methods": [way(duration_value=True)]},
        {"legal_basis": ["Luật"] * 3001},
        {"result": "; A" * 7000},
        {"components": [paper("Đ" * 20_001)]},
    ],
    ids=str,
)
def test_a_line_of_another_shape_is_refused_with_its_reason(wrong: dict[str, Any]) -> None:
    with pytest.raises(LineError, match=r"\w"):
        read(full(**wrong))


@pytest.mark.parametrize("depth", [300, 600, 900, 5000])
def test_a_line_nested_too_deeply_is_refused_or_read(depth: int) -> None:
    line = Line("thu.jsonl", 1, f'{{"name": "Thẻ", "x": {"[" * depth}{"]" * depth}}}'.encode())

    with contextlib.suppress(LineError):
        reading_of(line)


@real
def test_the_real_catalogue_loses_no_word() -> None:
    """Every line can be read. One in seven, to save minutes: not a word goes, and written again it reads the same."""
    count = 0
    for line in lines_of([str(FULL), str(INDEX)]):
        reading = reading_of(line)
        count += 1
        if count % 7:
            continue
        raw = json.loads(line.raw)
        assert SCHEMA.is_valid(raw)
        assert set(_words(raw)) <= set(_words(reading.line)), reading.key
        events = reading.life_events
        assert (
            write(reading.record, field_name=reading.field_name, life_events=events, source=reading.line)
            == reading.line
        )
        alone = write(reading.record, field_name=reading.field_name, life_events=events)
        assert content(read(alone).record) == reading.record
        there = set(_words(reading.record)) | _doubted(reading.doubts)
        # The number before "a) Bước 1" goes.
        lost = [word for word in _shown_words(reading.line) - there if len(word) > 2 and not _was_glued(word, there)]
        assert not lost, (reading.key, lost)
    assert count == 11_379


# What the record shows in other words: a list of it is read into typed values, and the unit's spelling is one.
_SHOWN = (
    "name",
    "agency",
    "issuing_body",
    "decision_no",
    "steps",
    "conditions",
    "summary",
    "portal_url",
    "legal_basis",
)


def _shown_words(line: dict[str, Any]) -> set[str]:
    said = [line.get(key) for key in (*_SHOWN, "result", "forms")]
    said += [[row.get("name"), row.get("group"), row.get("form_name")] for row in line.get("components") or []]
    said += [row.get("description") for row in line.get("methods") or []]
    return set(_words(said))


def _doubted(doubts: Any) -> set[str]:
    return set(_words([doubt.text for doubt in doubts]))


def _was_glued(word: str, there: set[str]) -> bool:
    """A file name that was glued to a paper's is told apart in the record: "mẫuvăn"."""
    return any(word[:at] in there and word[at:] in there for at in range(1, len(word)))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from re.findall(r"\w+", fold(re.sub("[\ue000-\uf8ff]", " ", value)))
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _words(item)
