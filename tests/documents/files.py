"""Real files for tests, made on the spot: pictures, PDFs, and what people send by mistake."""

import io
import random
import struct
import zlib
from typing import Any

import pikepdf
import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ORIENTATION, GPS = 0x0112, 0x8825


def upload(content: bytes, name: str = "giay-chung-sinh.jpg") -> SimpleUploadedFile:
    """A file as a view gets it."""
    return SimpleUploadedFile(name, content)


def picture(
    form: str = "JPEG",
    size: tuple[int, int] = (640, 480),
    *,
    seed: int = 0,
    exif: Image.Exif | None = None,
    mode: str = "RGB",
) -> bytes:
    """A picture with something on it; another seed, another content."""
    image = Image.new("RGB", size, (250, 248, 244))
    dice = random.Random(seed)
    for _ in range(12):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        image.paste((dice.randrange(256), dice.randrange(256), dice.randrange(256)), (x, y, x + 40, y + 30))
    image = image.convert(mode)
    out = io.BytesIO()
    extra: dict[str, Any] = {"exif": exif.tobytes()} if exif else {}
    if form == "HEIF":
        pillow_heif.from_pillow(image).save(out, **extra)
    else:
        image.save(out, form, **extra)
    return out.getvalue()


def phone_exif(orientation: int = 6) -> Image.Exif:
    """What a phone writes beside the picture: which way it was held, and where."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[GPS] = {1: "N", 2: (21.0, 1.0, 30.0), 3: "E", 4: (105.0, 51.0, 0.0)}
    return exif


def huge_png(width: int, height: int) -> bytes:
    """A PNG whose header names a size that nobody can decode; a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def pdf(pages: int = 1, *, password: str = "", owner_password: str = "") -> bytes:
    """A PDF of empty A4 pages."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    return _bytes_of(document, password=password, owner_password=owner_password)


def pdf_with_script() -> bytes:
    """A PDF that runs a script when opened, starts a program on a click, and carries a file."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    script = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert('x')"))
    launch = pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F=pikepdf.String("calc.exe"))
    document.Root.OpenAction = document.make_indirect(script)
    document.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name("/Annot"),
                Subtype=pikepdf.Name("/Link"),
                Rect=pikepdf.Array([0, 0, 100, 100]),
                A=launch,
            )
        ]
    )
    document.attachments["virus.exe"] = b"MZ not really"
    return _bytes_of(document)


def pdf_with_huge_picture() -> bytes:
    """A small PDF whose one picture unpacks to 30,000 × 30,000 pixels."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(b"\0" * 1_000_000) for _ in range(900)) + packed.flush()
    image = pikepdf.Stream(
        document,
        data,
        {
            "/Type": pikepdf.Name("/XObject"),
            "/Subtype": pikepdf.Name("/Image"),
            "/Width": 30000,
            "/Height": 30000,
            "/ColorSpace": pikepdf.Name("/DeviceGray"),
            "/BitsPerComponent": 8,
            "/Filter": pikepdf.Name("/FlateDecode"),
        },
    )
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=document.make_indirect(image)))
    document.pages[0].Contents = pikepdf.Stream(document, b"595 0 0 842 0 0 cm /Im0 Do")
    return _bytes_of(document)


def _bytes_of(document: pikepdf.Pdf, *, password: str = "", owner_password: str = "") -> bytes:
    out = io.BytesIO()
    if password or owner_password:
        document.save(out, encryption=pikepdf.Encryption(user=password, owner=owner_password or password))
    else:
        document.save(out)
    return out.getvalue()
