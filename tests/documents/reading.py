"""What a PDF of ours says."""

import datetime
import io
from zoneinfo import ZoneInfo

import pikepdf
import pypdfium2

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime.datetime(2026, 11, 21, 9, 12, tzinfo=HANOI)


def words(content: bytes) -> str:
    """All it says, in one line."""
    document = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def last_page(content: bytes) -> str:
    """All that its last page says, in one line."""
    document = pypdfium2.PdfDocument(content)
    text = str(document[len(document) - 1].get_textpage().get_text_range())
    document.close()
    return " ".join(text.split())


def pages(content: bytes) -> int:
    """How many there are."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)
