"""What may be uploaded, what it is called afterwards, and how a refusal reads. Pure: no files, no tables."""

import re
import unicodedata
from pathlib import PurePosixPath

from motcua.core.errors import BusinessError
from motcua.core.words import grouped, say

MAX_PIXELS = 100_000_000  # a flatbed scan of A4 at 1200 dpi has 139 million; phones have up to 50
MAX_PAGES = 200
FORM_MAX_BYTES = 10 * 1024 * 1024  # a blank form: it is downloaded over a phone, and few are over 1 MB
NAME_LETTERS = 120  # what is kept of a file's name, without the ending
SHOWN_LETTERS = 60  # what is shown of it in a message
PAGE_WIDTHS = (800, 1200, 1600, 2400)  # pixels; fixed, so that nobody can fill the store with odd widths

JPEG, PNG, HEIC, WEBP, PDF = "image/jpeg", "image/png", "image/heic", "image/webp", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
DOC, XLS = "application/msword", "application/vnd.ms-excel"
PAPERS = frozenset({JPEG, PNG, HEIC, WEBP, PDF})  # what may be handed in with a dossier
FORMS = {PDF: "PDF", DOCX: "Word", DOC: "Word", ODT: "LibreOffice", XLSX: "Excel", XLS: "Excel"}  # a blank form

# What the two detectors call the same thing.
SYNONYMS = {
    "image/heif": HEIC,
    "image/heic-sequence": HEIC,
    "image/heif-sequence": HEIC,
    "image/jpg": JPEG,
    "image/pjpeg": JPEG,
    "image/x-png": PNG,
    "application/x-pdf": PDF,
}
ENDINGS = {
    JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    PNG: (".png",),
    HEIC: (".heic", ".heif"),
    WEBP: (".webp",),
    PDF: (".pdf",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    ODT: (".odt",),
    DOC: (".doc",),
    XLS: (".xls",),
}
OFFICE = {
    ".doc": "Word",
    ".docx": "Word",
    ".odt": "LibreOffice",
    ".rtf": "Word",
    ".xls": "Excel",
    ".xlsx": "Excel",
    ".ppt": "PowerPoint",
    ".pptx": "PowerPoint",
}
# Letters that turn the reading direction or can't be seen: "ảnh<U+202E>gpj.exe" would show as "ảnhexe.jpg".
UNSEEN = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")


class UploadRefused(BusinessError):
    """The file can't be taken; the text says why and what to do. `reason` is one word for tests and figures."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class StorageFull(BusinessError):
    """The disk or the store takes nothing more. The person can do nothing but wait; nothing else is lost."""

    def __init__(self) -> None:
        super().__init__(
            "Hệ thống tạm không nhận được tệp. Những gì ông/bà đã khai vẫn được giữ, xin thử lại sau ít phút."
        )


def safe_name(name: str, kind: str) -> str:
    """A name to show and to download under: no path, nothing unseen, at most 120 letters, with the ending of its kind.

    The content decides about the ending: a HEIC that calls itself photo.jpg becomes photo.heic.
    """
    stem, ending = _split(_one_line(name))
    own = ENDINGS[kind]
    if ending.lower() in own:
        ending = ending.lower()
    elif any(ending.lower() in known for known in ENDINGS.values()):
        ending = own[0]
    else:  # "CV.2025": what follows the dot belongs to the name
        stem, ending = stem + ending, own[0]
    stem = stem.strip(" .")[:NAME_LETTERS].rstrip(" .")
    return (stem or "tep") + ending


def shown_name(name: str) -> str:
    """The name as it stands in a message: one line, at most 60 letters, the ending kept."""
    stem, ending = _split(_one_line(name) or "tải lên")
    room = SHOWN_LETTERS - len(ending)
    return f"{stem[: room - 1]}…{ending}" if len(stem) > room else stem + ending


def _one_line(name: str) -> str:
    """Composed letters, without folders, control or unseen characters, no two spaces in a row."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", name))
    text = "".join(" " if unicodedata.category(letter).startswith(("C", "Z")) else letter for letter in text)
    text = re.sub(r"\s+", " ", text.replace("\\", "/").rstrip("/").rpartition("/")[2])
    return re.sub(r'[<>:"|?*]', "_", text).strip()


def _split(name: str) -> tuple[str, str]:
    ending = PurePosixPath(name).suffix
    return (name.removesuffix(ending), ending) if 1 < len(ending) <= 6 else (name, "")


def agreed_kind(first: str, second: str, name: str) -> str:
    """The kind that both detectors name.

    Raises:
        UploadRefused: they don't agree, or it isn't one that we take; the text tells a Word document from a film.
    """
    kinds = {SYNONYMS.get(kind, kind) for kind in (first, second)}
    if len(kinds) == 1 and (kind := kinds.pop()) in PAPERS:
        return kind
    ending = _split(_one_line(name))[1].lower()
    shown = shown_name(name)
    if ending in OFFICE:
        raise UploadRefused(
            "office",
            say(
                "Tệp {shown} là tài liệu {office}. Xin lưu tệp thành PDF (chọn Lưu dưới dạng, rồi chọn "
                "PDF) và chọn tệp PDF đó.",
                shown=shown,
                office=OFFICE[ending],
            ),
        )
    if any(ending in ENDINGS[known] for known in PAPERS):
        raise UploadRefused(
            "lying_name",
            say(
                "Tệp {shown} có đuôi {ending} nhưng nội dung không phải ảnh hoặc PDF. Xin chụp ảnh giấy "
                "tờ rồi chọn lại.",
                shown=shown,
                ending=ending,
            ),
        )
    raise UploadRefused(
        "wrong_kind", say("Tệp {shown} không phải ảnh hoặc PDF. Xin chụp ảnh giấy tờ rồi chọn lại.", shown=shown)
    )


def check_size(size: int, limit: int, name: str) -> None:
    """Sizes and limit in bytes.

    Raises:
        UploadRefused: nothing in it, or more than the limit.
    """
    if size <= 0:
        raise UploadRefused(
            "empty", say("Tệp {name} không có nội dung. Xin mở thử tệp trên máy rồi chọn lại.", name=shown_name(name))
        )
    if size > limit:
        raise UploadRefused(
            "too_large",
            say(
                "Tệp {name} nặng {size}, quá mức {limit} mỗi tệp. Xin chụp lại với cỡ ảnh nhỏ hơn, hoặc "
                "tách thành nhiều tệp, rồi chọn lại.",
                name=shown_name(name),
                size=megabytes(size),
                limit=megabytes(limit),
            ),
        )


def megabytes(size: int) -> str:
    """40 MB; 1,8 MB; a size just over a whole number is not rounded down to it. Below 0,1 MB in KB."""
    if size < 100_000:
        return f"{max(1, size // 1024)} KB"
    tenths = -(-size * 10 // (1024 * 1024))
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth} MB" if tenth else f"{whole} MB"


REFUSALS = {
    "damaged": "Không mở được tệp {name}: tệp bị hỏng hoặc chưa tải lên hết. Xin chọn lại, hoặc chụp ảnh khác.",
    "too_many_pixels": "Ảnh {name} có {width} × {height} điểm ảnh, quá mức nhận được. Xin chụp lại bằng điện thoại "
    "với cỡ ảnh thường rồi chọn lại.",
    "too_many_pages": "Tệp {name} có {pages} trang, quá mức {most} trang mỗi tệp. Xin tách thành nhiều tệp rồi chọn "
    "lại.",
    "encrypted": "Tệp {name} đang đặt mật khẩu nên cơ quan không mở được. Xin gỡ mật khẩu (mở tệp rồi in ra PDF mới), "
    "hoặc chụp ảnh từng trang, rồi chọn lại.",
    "too_hard": "Hệ thống không đọc nổi tệp {name} vì tệp quá phức tạp. Xin chụp ảnh từng trang rồi chọn lại.",
}

FORM_REFUSALS = {
    "not_office": "Tệp {name} không phải tài liệu Word, Excel, LibreOffice hoặc PDF. Xin chọn tệp mẫu có đuôi docx, "
    "doc, odt, xlsx, xls hoặc pdf.",
    "resave": "Tệp {name} ở dạng mà nhiều máy không mở được (RTF, trang web, tệp khuôn hoặc Excel đời cũ). Xin mở ra, "
    "chọn Lưu dưới dạng docx hoặc xlsx rồi chọn tệp mới.",
    "damaged": "Không mở được tệp {name}: tệp bị hỏng hoặc chưa tải lên hết. Xin mở thử tệp trên máy, lưu lại rồi "
    "chọn lại.",
    "encrypted": "Tệp {name} đang đặt mật khẩu nên người dân không mở được. Xin gỡ mật khẩu, lưu lại rồi chọn lại.",
    "macros": "Tệp {name} có macro (chương trình chạy kèm). Xin lưu lại thành docx hoặc xlsx không có macro rồi "
    "chọn lại.",
    "embedded": "Tệp {name} có nút điều khiển hoặc tệp khác nhúng bên trong. Xin bỏ phần ấy, lưu lại rồi chọn lại.",
    "linked": "Tệp {name} tự lấy nội dung từ nơi khác khi mở ra. Xin bỏ liên kết ấy (Ngắt liên kết), lưu lại rồi "
    "chọn lại.",
    "active": "Tệp {name} có chương trình hoặc tệp khác nhúng bên trong PDF. Xin in ra một tệp PDF mới rồi chọn tệp "
    "đó.",
    "too_hard": "Hệ thống không đọc nổi tệp {name} vì tệp quá phức tạp. Xin lưu lại dạng đơn giản hơn rồi chọn lại.",
}


def form_refusal(reason: str, name: str, **facts: int) -> UploadRefused:
    """Why a file can't be published as a blank form, in words for the editor."""
    if reason in FORM_REFUSALS:
        return UploadRefused(reason, FORM_REFUSALS[reason].format(name=shown_name(name)))
    return refusal(reason, name, **facts)


def refusal(reason: str, name: str, **facts: int) -> UploadRefused:
    """What the inspection found, in words."""
    thousands = {key: grouped(value) for key, value in facts.items()}
    return UploadRefused(reason, say(REFUSALS[reason], name=shown_name(name), most=MAX_PAGES, **thousands))
