"""The process that opens strangers' files: it knows no secrets, has little memory, and may die at any picture.

Started by `inspection.Inspector` by its path, so it stands alone and imports nothing of ours. It reads one request a
line from standard input and answers one line on standard output, both JSON. What a request means: `inspection`.
"""

import importlib.util
import json
import mmap
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import filetype
import pikepdf
import pillow_heif
import pylibmagic  # noqa: F401 (tells python-magic where the library lies)
import pypdfium2
from PIL import Image, ImageFile, ImageOps

if True:  # after pylibmagic
    import magic

MEMORY = 2 * 1024**3  # bytes of address space; 100 million pixels in RGB take 300 MB, twice while turning upright
FILE_SIZE = 256 * 1024**2
THUMBNAIL = (208, 256)  # pixels, 52 × 64 on a screen with four to one
PREVIEW = 2400  # pixels, the longer side
FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/heic": ("HEIF",),
    "image/webp": ("WEBP",),
}
TEXT = 2_000_000  # letters taken from a PDF at most
DEEPEST = 50  # dictionaries within dictionaries of a PDF
# Actions of a PDF that reach outside it (ISO 32000-1, table 198), and annotations that carry a file or a player.
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}
CARRIERS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}


class Refusal(Exception):
    """What is wrong with the file: a word and its numbers, see `rules.refusal`."""

    def __init__(self, reason: str, **facts: int) -> None:
        super().__init__(reason)
        self.answer = {"refusal": reason, "facts": facts}


def detect(request: dict[str, Any]) -> dict[str, Any]:
    """What two detectors that know nothing of each other call the content."""
    guess = filetype.guess(request["path"])
    return {"magic": magic.from_file(request["path"], mime=True), "filetype": guess.mime if guess else ""}


def inspect(request: dict[str, Any]) -> dict[str, Any]:
    """Open the file for good: does it decode, how many pages, and its thumbnail (and preview, where one is needed)."""
    if request["kind"] == "application/pdf":
        return _inspect_pdf(request)
    with _open_picture(request) as image:
        # HEIC and WebP have to be decoded whole anyway, and nobody can look at them without a preview. A JPEG is
        # decoded at an eighth: that reads every byte, so a cut-off one is found, and takes a tenth of the time.
        whole = request["kind"] in {"image/heic", "image/webp"}
        if not whole:
            image.draft("RGB", THUMBNAIL)
        upright = _upright(image)
        if whole:
            upright.thumbnail((PREVIEW, PREVIEW))
            _save(upright, request["preview"], image.info.get("icc_profile"))
        _save(_on_sheet(upright), request["thumbnail"])
    return {"pages": 1, "active": False, "signed": False}


def preview(request: dict[str, Any]) -> dict[str, Any]:
    """A picture upright, at most 2400 px, without metadata; a PDF without anything that acts."""
    if request["kind"] == "application/pdf":
        with pikepdf.open(request["path"]) as pdf:
            _disarm(pdf)
            pdf.save(request["out"])
        return {}
    with _open_picture(request) as image:
        image.draft("RGB", (PREVIEW, PREVIEW))
        upright = _upright(image)
        upright.thumbnail((PREVIEW, PREVIEW))
        _save(upright, request["out"], image.info.get("icc_profile"))
    return {}


def thumbnail(request: dict[str, Any]) -> dict[str, Any]:
    """A small JPEG of the first page."""
    if request["kind"] == "application/pdf":
        _save(_on_sheet(_pdf_page(request["path"], 1, THUMBNAIL[0] * 2)), request["out"])
        return {}
    with _open_picture(request) as image:
        image.draft("RGB", THUMBNAIL)
        _save(_on_sheet(_upright(image)), request["out"])
    return {}


def page(request: dict[str, Any]) -> dict[str, Any]:
    """One page as a JPEG of the asked width; a picture that is narrower stays as it is."""
    width = request["width"]
    if request["kind"] == "application/pdf":
        _save(_pdf_page(request["path"], request["page"], width), request["out"])
        return {}
    with _open_picture(request) as image:
        image.draft("RGB", (width, width))
        upright = _upright(image)
        upright.thumbnail((width, width * 8))
        _save(upright, request["out"], image.info.get("icc_profile"))
    return {}


# ---- Pictures ----


def _open_picture(request: dict[str, Any]) -> Image.Image:
    """Header only: a bomb is refused before one of its pixels exists."""
    image = Image.open(request["path"], formats=FORMATS[request["kind"]])
    width, height = image.size
    if width * height > request["max_pixels"]:
        raise Refusal("too_many_pixels", width=width, height=height)
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the phone was held, three colours, see-through parts white."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith("I") or turned.mode == "F":
        turned = turned.convert("I").point(lambda value: value / 256).convert("L")
    if turned.has_transparency_data:
        seen = turned.convert("RGBA")
        turned = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    return turned if turned.mode in {"L", "RGB"} else turned.convert("RGB")


def _on_sheet(image: Image.Image) -> Image.Image:
    return ImageOps.pad(image.convert("RGB"), THUMBNAIL, color="white", centering=(0.5, 0))


def _save(image: Image.Image, path: str, profile: bytes | None = None) -> None:
    """As JPEG with the colours' profile and nothing else: no place, no time, no camera."""
    keep = {"icc_profile": profile} if profile and image.mode == "RGB" else {"icc_profile": None}
    image.info.clear()
    image.save(path, "JPEG", quality=82, **keep)


# ---- PDF ----


def _inspect_pdf(request: dict[str, Any]) -> dict[str, Any]:
    with _open_pdf(request["path"]) as pdf:
        pages = len(pdf.pages)
        if pages == 0:
            raise Refusal("damaged")
        if pages > request["max_pages"]:
            raise Refusal("too_many_pages", pages=pages)
        signed = _is_signed(request["path"], pdf)
        active = _disarm(pdf)
        if active:
            pdf.save(request["preview"])
    _save(_on_sheet(_pdf_page(request["path"], 1, THUMBNAIL[0] * 2)), request["thumbnail"])
    return {"pages": pages, "active": active, "signed": signed}


def _is_signed(path: str, pdf: pikepdf.Pdf) -> bool:
    """Whether there is a signature in it: what it covers stands in the open, never in a compressed part."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(b"/ByteRange") < 0:
            return False
    return any("/ByteRange" in found for thing in pdf.objects for found in _dictionaries(thing))


def signatures(request: dict[str, Any]) -> dict[str, Any]:
    """What the signatures in a PDF are worth."""
    found = _verifying().verify(request["path"], request["roots"], request["lists"], request["now"])
    return {"signatures": found}


def _verifying() -> ModuleType:
    """Loaded with the first signed file: it takes a quarter of a second, and most helpers never see one."""
    return _beside(Path(__file__).parents[1] / "signatures" / "verifying.py")


def office(request: dict[str, Any]) -> dict[str, Any]:
    """The kind of an office file that only shows itself."""
    reading = _beside(Path(__file__).with_name("office.py"))
    try:
        return {"kind": reading.kind_of(request["path"])}
    except reading.Refused as refused:
        raise Refusal(str(refused)) from None


def _beside(place: Path) -> ModuleType:
    """A module of ours by its place: this process knows no packages of ours."""
    name = place.stem
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, place)
        assert spec
        assert spec.loader
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


def text(request: dict[str, Any]) -> dict[str, Any]:
    """The words of a PDF's pages, without what signatures have drawn over them."""
    pdf = pypdfium2.PdfDocument(request["path"])
    try:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
        return {"text": "\n".join(pages)[:TEXT]}
    finally:
        pdf.close()


def _open_pdf(path: str) -> pikepdf.Pdf:
    """Many programs write faulty tables, which can be mended; but one without its end mark was cut off."""
    try:
        return pikepdf.open(path, attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refusal("encrypted") from None
    except pikepdf.PdfError:
        with open(path, "rb") as file:
            file.seek(max(0, os.path.getsize(path) - 2048))
            if b"%%EOF" not in file.read():
                raise Refusal("damaged") from None
        return pikepdf.open(path, suppress_warnings=True)


def _pdf_page(path: str, number: int, width: int) -> Image.Image:
    pdf = pypdfium2.PdfDocument(path)
    try:
        sheet = pdf[number - 1]
        across, down = sheet.get_size()
        scale = (width - 0.5) / across  # PDFium rounds up
        if down * scale > width * 8:  # a till roll: readable is enough
            scale = (width * 8 - 0.5) / down
        drawn: Image.Image = sheet.render(scale=scale, may_draw_forms=False).to_pil()
        return drawn
    finally:
        pdf.close()


def _disarm(pdf: pikepdf.Pdf) -> bool:
    """Take out of an open PDF whatever acts or carries files; whether there was any."""
    found = False
    root = pdf.Root
    for key in ("/OpenAction", "/AA", "/AF"):
        if key in root and not (
            key == "/OpenAction" and isinstance(root[key], pikepdf.Array)
        ):  # an array only shows a page
            found |= key != "/OpenAction" or _acts(root[key])
            del root[key]
    names = root.get("/Names")
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if isinstance(names, pikepdf.Dictionary) and key in names:
            del names[key]
            found = True
    for thing in pdf.objects:
        for dictionary in _dictionaries(thing):
            found |= _disarm_one(dictionary)
    return found


def _disarm_one(thing: pikepdf.Object) -> bool:
    found = False
    if "/AA" in thing:
        del thing["/AA"]
        found = True
    if _acts(thing):  # turned into an action that does nothing
        for key in [key for key in thing.keys() if key != "/Type"]:  # noqa: SIM118 (a PDF dictionary isn't a dict)
            del thing[key]
        thing["/S"] = pikepdf.Name("/Named")
        thing["/N"] = pikepdf.Name("/None")
        found = True
    if thing.get("/Subtype") in CARRIERS and "/Rect" in thing:
        for key in ("/FS", "/RichMediaContent", "/A", "/3DD", "/Sound", "/Movie"):
            if key in thing:
                del thing[key]
        found = True
    if "/XFA" in thing:
        del thing["/XFA"]
        found = True
    return found


def _acts(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and (thing.get("/S") in ACTIONS or "/JS" in thing)


def _dictionaries(thing: pikepdf.Object, depth: int = 0) -> Iterator[pikepdf.Object]:
    """The dictionary itself and those written inside it; what it points to comes as an object of its own."""
    if depth > DEEPEST:  # nobody's program writes so; what lies below would stay unseen
        raise Refusal("too_hard")
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        inner = [value for _, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        inner = list(thing)
    else:
        return
    for value in inner:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)


# ---- The loop ----


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request; anything that a decoder throws at us means that the file is damaged."""
    try:
        return ASKS[request["ask"]](request)
    except Refusal as refusal:
        return refusal.answer
    except MemoryError:
        return {"refusal": "too_hard", "facts": {}}
    except OSError as trouble:
        if trouble.errno is not None:  # the disk, not the picture
            return {"errno": trouble.errno}
        return {"refusal": "damaged", "facts": {}}
    except Exception:  # noqa: BLE001 (the edge: decoders throw what they like)
        return {"refusal": "damaged", "facts": {}}


ASKS = {
    "detect": detect, "inspect": inspect, "preview": preview, "thumbnail": thumbnail, "page": page,
    "signatures": signatures, "text": text, "office": office,
}  # fmt: skip


def main() -> None:
    """Answer until the other end closes."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, FILE_SIZE), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    Image.MAX_IMAGE_PIXELS = None  # counted in _open_picture, with words
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    pillow_heif.register_heif_opener(thumbnails=False)
    print("{}", flush=True)  # noqa: T201 (ready)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)  # noqa: T201 (the answer)


if __name__ == "__main__":
    main()
