"""PDFs made by us: PDF/A-2a and PDF/UA-1, set in Tinos by typst.

A template is `<name>.typ` with `<name>.schema.json`, which says what values it takes (the schema is the documentation).
Values travel as JSON in `sys.inputs`; nothing that a person typed ever becomes source.
"""

import io
import json
import threading
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils import timezone
from jsonschema import Draft202012Validator

from motcua.documents.pdf.glyphs import coverage, printable

HERE = Path(__file__).parent
FACES = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
# typst compiles one document at a time; a compiler that is kept has its fonts and templates loaded already.
_lock = threading.Lock()


class TemplateError(ValueError):
    """No such template, values that don't fit its schema, or no fonts: a bug of ours, in words for a developer."""


def make_pdf(
    template: str, values: Mapping[str, Any], *, title: str, at: datetime | None = None, sealed_by: str = ""
) -> bytes:
    """A PDF from a template and its values.

    Args:
        template: a name in this folder, "receipt".
        values: as `<template>.schema.json` describes; dates and times may be Python's, they are shown in local time.
        title: what the document is called in a reader's title bar.
        at: the creation time inside the file, default now: the same values at the same time give the same bytes.
        sealed_by: the agency that seals it right after (`services.make_signed_pdf`): said at the foot of each page.

    Raises:
        TemplateError: see there.
    """
    plain = _plain(dict(values))
    _check(template, plain)
    moment = at or timezone.now()
    with _lock:
        inputs = {
            "title": printable(title, _covered()),
            "values": json.dumps(_printable(plain), ensure_ascii=False),
            "qr": qr_svg(plain.get("link") or ""),
            "sealed_by": printable(sealed_by, _covered()),
            "sealed_at": timezone.localtime(moment).strftime("%d/%m/%Y %H:%M:%S %z"),
        }
        try:
            content = _compiler().compile(
                HERE / f"{template}.typ",
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(moment.timestamp()),
            )
        except typst.TypstError as trouble:
            raise TemplateError(f"{template}: {trouble.diagnostic}") from trouble
    assert isinstance(content, bytes)
    return content


def fonts_dir() -> Path:
    """Where `tools/assets.py` puts the faces."""
    return Path(getattr(settings, "PDF_FONTS_DIR", settings.PROJECT / "build" / "fonts"))


def missing_faces() -> list[str]:
    """The files that are not there yet."""
    return [face for face in FACES if not (fonts_dir() / face).exists()]


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts_dir())])
    return typst.Compiler(root=str(HERE), font_paths=fonts, ignore_system_fonts=True)


@lru_cache(maxsize=20)
def _schema(template: str) -> Draft202012Validator:
    path = HERE / f"{template}.schema.json"
    if not path.is_file() or path.parent != HERE:
        raise TemplateError(f"There is no PDF template {template!r}.")
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    """The letters that every face has; the first that needs the faces, so it says when they are missing."""
    if missing := missing_faces():
        raise TemplateError(f"{fonts_dir()}: {', '.join(missing)} missing; run tools/assets.py.")
    return frozenset.intersection(*(coverage(fonts_dir() / face) for face in FACES))


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value, _covered())
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return value


def _check(template: str, values: dict[str, Any]) -> None:
    """Names every value that doesn't fit, by its place; never the value itself, it may be personal data."""
    found = sorted(_schema(template).iter_errors(values), key=lambda error: error.json_path)
    troubles = dict.fromkeys(f"{error.json_path}: {_said(error)}" for error in found)
    if troubles:
        raise TemplateError(f"{template}: " + "; ".join(troubles))


def _said(error: Any) -> str:
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return f"{', '.join(missing)} missing"
    if error.validator == "additionalProperties":
        unknown = sorted(set(error.instance) - set(error.schema["properties"]))
        return f"{', '.join(unknown)} unknown"
    return f"does not fit {error.validator} {error.validator_value!r}"


def _plain(value: Any) -> Any:
    """JSON: dates as 2026-11-26, moments as 2026-11-26T17:00 in local time."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def qr_svg(text: str) -> str:
    """A QR code as SVG; "" for no text. Level M: still readable with a seventh of it under a stamp."""
    if not text:
        return ""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True, scale=4)
    return out.getvalue().decode()


def qr_png(text: str) -> bytes:
    """A QR code as PNG, with its white edge: a picture that a telephone keeps and a bank's application reads."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", border=4, scale=8)
    return out.getvalue()
