"""What an office file is, and whether it would do anything but show itself: run by the helper, imports nothing of ours.

Whoever downloads a form from a portal of the state opens it without a thought. So a file that carries a program, a
control, another file, or fetches something from elsewhere when it is opened is refused, not cleaned: a cleaned one may
no longer be the form that was published.

Office Open XML (docx, xlsx: ECMA-376), OpenDocument text (odt), and the older compound files (doc, xls: MS-CFB).
"""

import errno
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"

NOT_OFFICE, RESAVE, DAMAGED, ENCRYPTED, MACROS, EMBEDDED, LINKED = (
    "not_office", "resave", "damaged", "encrypted", "macros", "embedded", "linked",
)  # fmt: skip
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError, NotImplementedError, UnicodeDecodeError,
)  # fmt: skip
_PARTS = 3000  # in one archive
_UNPACKED = 200 * 1024**2  # bytes in all
_LIST = 4 * 1024**2  # bytes of a part that only lists others
_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
}
_TEMPLATE = re.compile(r"openxmlformats-officedocument\..*\.template\.main\+xml")
_TEXTS = (b"{\\rtf", b"<html", b"<!doc", b"<?xml", b"mime-")  # what many a file called .doc really is
_FETCHES_NOTHING = re.compile(r"file:///[A-Za-z]:", re.IGNORECASE)  # Word notes where a template lay on its own disk
# Fields, each behind \x13, that ask another program or fetch. As a mere word DDE also is a poison that forms of farming
# name.
_FETCHING = re.compile(
    r"\x13\s*(?:DDE(?:AUTO)?\b|INCLUDE(?:PICTURE|TEXT)\s+\"?\s*(?:https?:|ftp:|file:|\\\\))", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|\.\./", re.IGNORECASE)  # of an address: not within the archive
_XLINK = "{http://www.w3.org/1999/xlink}href"


class Refused(Exception):
    """Why it isn't taken: one of the words above."""


def kind_of(path: str) -> str:
    """The kind of an office file that only shows itself, as a MIME type.

    Raises:
        Refused: it is something else, damaged, or would do more.
    """
    with Path(path).open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK\x03\x04"):
        try:
            with _archive(path) as archive:
                return _opened(archive)
        except OSError as trouble:
            if trouble.errno != errno.EINVAL:  # the disk
                raise
            raise Refused(DAMAGED) from None  # it names a place before its own beginning
    if start == _SIGNATURE:
        return _old(Path(path).read_bytes())
    raise Refused(RESAVE if start.lower().lstrip().startswith(_TEXTS) else NOT_OFFICE)


# ---- Archives ----


def _archive(path: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN:
        raise Refused(DAMAGED) from None
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(ENCRYPTED)
    names = {part.filename for part in parts}
    if len(parts) > _PARTS or len(names) < len(parts) or sum(part.file_size for part in parts) > _UNPACKED:
        raise Refused(DAMAGED)
    return archive


def _opened(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    try:
        if "[Content_Types].xml" in names:
            kind = _open_xml(archive, names)
        elif "mimetype" in names and archive.read("mimetype").strip() == ODT.encode():
            kind = _open_document(archive, names)
        else:
            raise Refused(NOT_OFFICE)
        if archive.testzip() is not None:
            raise Refused(DAMAGED)
    except _BROKEN:
        raise Refused(DAMAGED) from None
    return kind


def _xml(archive: zipfile.ZipFile, name: str, *, most: int = _UNPACKED) -> ElementTree.Element:
    if archive.getinfo(name).file_size > most:
        raise Refused(DAMAGED)
    return _parsed(archive.read(name))


def _parsed(text: bytes) -> ElementTree.Element:
    """The tree, so that neither another encoding nor another prefix nor a split word hides anything."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:  # neither format has any; entities that grow do
        raise Refused(DAMAGED)
    return ElementTree.fromstring(text)  # noqa: S314 (no entities, in a process with little memory)


def _bare(name: str) -> str:
    """Of an element or attribute: without its namespace."""
    return name.rpartition("}")[2]


def _open_xml(archive: zipfile.ZipFile, names: set[str]) -> str:
    types = {part.get("ContentType", "") for part in _xml(archive, "[Content_Types].xml", most=_LIST)}
    lowered = {name.lower() for name in names}
    if any("macro" in kind.lower() or "vbaproject" in kind.lower() for kind in types) or any(
        name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lowered
    ):
        raise Refused(MACROS)
    if any(
        "/activex/" in name or ("/embeddings/" in name and not name.endswith((".xlsx", ".docx"))) for name in lowered
    ):
        raise Refused(EMBEDDED)
    kinds = {_MAIN[kind] for kind in types & _MAIN.keys()}
    if len(kinds) != 1:
        raise Refused(RESAVE if any(_TEMPLATE.search(kind) for kind in types) else NOT_OFFICE)
    for name in names:
        _check_part(archive, name)
    return kinds.pop()


def _check_part(archive: zipfile.ZipFile, name: str) -> None:
    """Names of parts are the same in small and capital letters, and a document may lie in any folder."""
    if name.lower().endswith(".rels"):
        _check_relations(_xml(archive, name, most=_LIST))
    elif name.lower().endswith(".xml"):
        text = archive.read(name)
        if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in text[:100]:  # UTF-16, which no program writes here
            raise Refused(DAMAGED)
        if b"ddeLink" in text:
            raise Refused(LINKED)
        if (b"instrText" in text or b"fldSimple" in text) and _FETCHING.search(_fields(_parsed(text))):
            raise Refused(LINKED)


def _fields(part: ElementTree.Element) -> str:
    """The fields of a part, each behind \\x13; Word cuts their words into pieces as it likes."""
    found = ["\x13"]
    for one in part.iter():
        kind = _bare(one.tag)
        if kind == "fldChar" and "begin" in one.attrib.values():
            found.append("\x13")
        elif kind == "instrText":
            found.append(one.text or "")
        elif kind == "fldSimple":
            found += ["\x13", *(value for name, value in one.items() if _bare(name) == "instr")]
    return "".join(found)


def _check_relations(relations: ElementTree.Element) -> None:
    """Links that a person clicks may lead anywhere; whatever is fetched at opening may not."""
    for one in relations:
        kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
        if kind == "aFChunk":
            raise Refused(EMBEDDED)
        is_outside = one.get("TargetMode", "").strip().lower() == "external"
        if is_outside and kind != "hyperlink" and not _FETCHES_NOTHING.match(target):
            raise Refused(LINKED)


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise Refused(MACROS)
    if any(re.match(r"(?:\./)?Object \d+", name) for name in names):
        raise Refused(EMBEDDED)
    if "META-INF/manifest.xml" not in names or "content.xml" not in names:
        raise Refused(DAMAGED)
    manifest = archive.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise Refused(ENCRYPTED)
    for name in names & {"content.xml", "styles.xml"}:
        for one in _xml(archive, name).iter():
            _check_element(_bare(one.tag), one.get(_XLINK, "").strip())
    return ODT


def _check_element(kind: str, target: str) -> None:
    if kind in {"event-listener", "script"}:
        raise Refused(MACROS)
    if kind in {"dde-source", "dde-connection-decl"} or (kind != "a" and _ELSEWHERE.match(target)):
        raise Refused(LINKED)


# ---- Compound files ----

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # sector numbers from here on mean something else
_STORAGE, _STREAM = 1, 2
_OF_MACROS = {"macros", "_vba_project", "_vba_project_cur", "vba"}
_OF_CARRIED = {"\x01ole10native", "equation native", "\x03ocxname"}


def _old(content: bytes) -> str:
    try:
        return _old_kind(_Compound(content))
    except (struct.error, IndexError, UnicodeDecodeError):
        raise Refused(DAMAGED) from None


def _old_kind(file: "_Compound") -> str:
    names = {name.lower() for name in file.entries}
    if names & {"encryptedpackage", "encryptioninfo"}:
        raise Refused(ENCRYPTED)
    if names & _OF_MACROS:
        raise Refused(MACROS)
    if names & _OF_CARRIED:
        raise Refused(EMBEDDED)
    if "WordDocument" in file.entries:
        _check_word(file)
        return DOC
    if "Workbook" in file.entries:
        _check_sheets(file.stream("Workbook"))
        return XLS
    raise Refused(RESAVE if "Book" in file.entries else NOT_OFFICE)  # Excel 5 and 95


def _check_word(file: "_Compound") -> None:
    words = file.stream("WordDocument")
    (identity,), (flags,) = struct.unpack_from("<H", words), struct.unpack_from("<H", words, 0x0A)
    if identity != 0xA5EC:
        raise Refused(DAMAGED)
    if flags & 0x0100:
        raise Refused(ENCRYPTED)
    if _FETCHING.search(words.replace(b"\0", b"").decode("latin-1")):  # its letters have one byte or two
        raise Refused(LINKED)


def _check_sheets(book: bytes) -> None:
    """The records of a workbook as far as its sheets are named (MS-XLS 2.1.4)."""
    at = 0
    while True:
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == 0x2F:  # FilePass
            raise Refused(ENCRYPTED)
        if kind == 0x85 and book[at + 9] in {1, 6}:  # a sheet of Excel 4.0 macros, a module
            raise Refused(MACROS)
        if kind == 0x0A:  # the end of what concerns the whole book
            return
        at += 4 + length


class _Compound:
    """The names in a compound file, and the content of its larger streams."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size = 1 << struct.unpack_from("<H", content, 30)[0]
        if self.size not in {512, 4096}:
            raise Refused(DAMAGED)
        self.next = list(self._table())
        (first,) = struct.unpack_from("<I", content, 48)
        self.entries = {name: found for name, *found in self._entries(self._chain(first))}

    def stream(self, name: str) -> bytes:
        """A stream of 4096 bytes or more; programs make the main ones no shorter."""
        start, size = self.entries[name]
        if size < 4096:
            raise Refused(DAMAGED)
        return self._chain(start)[:size]

    def _table(self) -> Iterator[int]:
        """The number of the sector that follows each one."""
        sectors = [*struct.unpack_from("<109I", self.content, 76)]
        (more, count) = struct.unpack_from("<2I", self.content, 68)
        for _ in range(min(count, 1000)):
            numbers = struct.unpack(f"<{self.size // 4}I", self._sector(more))
            sectors += numbers[:-1]
            more = numbers[-1]
        tables = [number for number in sectors if number < _LAST]
        if len(tables) > len(self.content) // self.size:  # the same one again and again
            raise Refused(DAMAGED)
        for number in tables:
            yield from struct.unpack(f"<{self.size // 4}I", self._sector(number))

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < _LAST:
            if len(parts) > len(self.next):  # it turns in a circle
                raise Refused(DAMAGED)
            parts.append(self._sector(number))
            number = self.next[number]
        return b"".join(parts)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        found = self.content[start : start + self.size]
        if not found:
            raise Refused(DAMAGED)
        return found.ljust(self.size, b"\0")  # the last one may be cut

    def _entries(self, directory: bytes) -> Iterator[tuple[str, int, int]]:
        for at in range(0, len(directory) - 127, 128):
            (letters,), kind = struct.unpack_from("<H", directory, at + 64), directory[at + 66]
            if kind in {_STORAGE, _STREAM} and 2 <= letters <= 64:
                name = directory[at : at + letters - 2].decode("utf-16-le")
                start, size = struct.unpack_from("<II", directory, at + 116)
                yield name, start, size
