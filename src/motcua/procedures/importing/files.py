"""Files of lines (JSON Lines, also .xz and .gz, or standard input), read one line at a time."""

import gzip
import json
import lzma
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, NoReturn

from motcua.procedures.importing.reading import LineError, Reading, read

STDIN = "-"
LONGEST_LINE = 8 * 2**20  # bytes; the longest record known has 236 kB
TOO_DEEP = "lồng nhau quá sâu"
_BROKEN = (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile)


@dataclass(frozen=True)
class Line:
    """A line of a file.

    Attributes:
        number: counted from 1.
        raw: its bytes; empty when `trouble` says why it can't be read.
    """

    file: str
    number: int
    raw: bytes = b""
    trouble: str = ""


def lines_of(files: Sequence[str]) -> Iterator[Line]:
    """All lines of the files in their order; empty ones are left out.

    Raises:
        OSError: a file isn't there, or may not be read. (One that breaks off in the middle is a line with trouble.)
    """
    for file in files:
        with opened(file) as stream:
            yield from _lines(file, stream)


@contextmanager
def opened(file: str) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """The bytes of a file, unpacked by the end of its name; "-" is standard input."""
    if file == STDIN:
        yield sys.stdin.buffer
        return
    if file.endswith(".xz"):
        stream: IO[bytes] | gzip.GzipFile = lzma.open(file, "rb")  # noqa: SIM115
    elif file.endswith(".gz"):
        stream = gzip.open(file, "rb")  # noqa: SIM115
    else:
        stream = open(file, "rb")  # noqa: SIM115
    with stream as unpacked:
        yield unpacked


def reading_of(line: Line) -> Reading:
    """What a line says.

    Raises:
        LineError: it can't be read as a record.
    """
    if line.trouble:
        raise LineError(line.trouble)
    try:
        data = json.loads(line.raw.decode("utf-8-sig"), parse_constant=_not_json)
    except UnicodeDecodeError:
        raise LineError("không phải chữ UTF-8") from None
    except RecursionError:
        raise LineError(TOO_DEEP) from None
    except ValueError as trouble:
        raise LineError(f"không phải JSON: {trouble}") from None
    if not isinstance(data, Mapping):
        raise LineError("không phải một đối tượng JSON")
    try:
        return read(data)
    except RecursionError:  # what JSON's reader still bears may be too deep for ours
        raise LineError(TOO_DEEP) from None


def as_line(data: Mapping[str, Any]) -> str:
    """A record's line as JSON, as files have it."""
    return json.dumps(data, ensure_ascii=False) + "\n"


def _lines(file: str, stream: IO[bytes] | gzip.GzipFile) -> Iterator[Line]:
    number = 0
    try:
        while raw := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(raw) > LONGEST_LINE:
                _skip_rest(stream, raw)
                yield Line(file, number, trouble=f"dài hơn {LONGEST_LINE // 2**20} MB")
            elif b"\0" in raw:
                yield Line(file, number, trouble="có byte NUL")
            elif raw.strip():
                yield Line(file, number, raw)
    except _BROKEN as trouble:
        yield Line(file, number + 1, trouble=f"tệp hỏng hoặc bị cắt ngang: {trouble}")


def _skip_rest(stream: IO[bytes] | gzip.GzipFile, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(LONGEST_LINE)


def _not_json(word: str) -> NoReturn:
    raise ValueError(word)
