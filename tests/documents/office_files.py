"""Office files for tests, made on the spot: what Word, Excel and LibreOffice write, as small as it stays true."""

import io
import struct
import zipfile
from collections.abc import Mapping

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SPACES = " ".join(
    f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "text", "drawing", "script")
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def docx(text: str = "Tờ khai đăng ký", *, main: str = _WORD, **parts: str) -> bytes:
    """A Word document; `parts` are further ones by path, "/" written as "__"."""
    body = f'<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    return _package(main, "word/document.xml", body, parts)


def xlsx(**parts: str) -> bytes:
    """An Excel workbook."""
    return _package(_SHEET, "xl/workbook.xml", '<workbook xmlns="urn:x"/>', parts)


def relation(kind: str, target: str) -> str:
    """The relations of a part: one that leads outside."""
    one = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{one}</Relationships>'


def odt(content: str = "<office:text/>", *, manifest: str = "<manifest:manifest/>", **parts: str) -> bytes:
    """A LibreOffice text."""
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_SPACES}>{content}</office:document-content>",
        "META-INF/manifest.xml": manifest,
    }
    return archive(files | {path.replace("__", "/"): text for path, text in parts.items()})


def archive(files: Mapping[str, str]) -> bytes:
    """A ZIP archive; of the same files the same bytes, whatever the time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def doc(*others: str, encrypted: bool = False, field: bytes = b"") -> bytes:
    """An old Word document; `others` are the names of further streams."""
    words = struct.pack("<H8xH", 0xA5EC, 0x0100 if encrypted else 0) + field
    return compound({"WordDocument": words.ljust(4096, b"\0"), **dict.fromkeys(others, b"\1" * 4096)})


def xls(*, macros: bool = False, encrypted: bool = False) -> bytes:
    """An old Excel workbook."""
    records = [(0x809, b"\0\6\5\0" + bytes(12)), (0x85, bytes(5) + bytes([1 if macros else 0]) + b"\1\0S"), (0x0A, b"")]
    if encrypted:
        records.insert(1, (0x2F, bytes(6)))
    book = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
    return compound({"Workbook": book.ljust(4096, b"\0")})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB): a sector for the table, the directory, the streams."""
    entries, table, sectors = [_entry("Root Entry", 5, _END, 0)], [_TABLE], []
    directory = -(-(len(streams) + 1) // 4)
    table += [*range(2, directory + 1), _END]
    for name, content in streams.items():
        first, count = len(table), -(-len(content) // 512)
        entries.append(_entry(name, 2, first, len(content)))
        table += [*range(first + 1, first + count), _END]
        sectors.append(content.ljust(count * 512, b"\0"))
    assert len(table) <= 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<8I", 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    listed = b"".join(entries).ljust(directory * 512, b"\0")
    return header + struct.pack("<128I", *table, *[_FREE] * (128 - len(table))) + listed + b"".join(sectors)


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return letters.ljust(64, b"\0") + struct.pack("<HBB12x36xIQ", len(letters), kind, 1, first, size)


def _package(kind: str, path: str, body: str, parts: Mapping[str, str]) -> bytes:
    types = f'<Types xmlns="{_TYPES}"><Override PartName="/{path}" ContentType="{kind}"/></Types>'
    root = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{path}"/>'
    files = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{root}</Relationships>',
        path: body,
    }
    return archive(files | {name.replace("__", "/"): text for name, text in parts.items()})
