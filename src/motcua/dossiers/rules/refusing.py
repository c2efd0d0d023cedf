"""What an answer that ends a dossier must say: a reason in words, and the rule that it rests on."""

from dataclasses import dataclass

from motcua.core.errors import BusinessError
from motcua.core.text import clean, clean_lines

LONGEST_REASON = 2000  # letters, as are the others; of every answer that a person gets, a supplement too
LONGEST_GROUND = 500
LONGEST_AGENCY = 300


@dataclass(frozen=True)
class Why:
    """Why something is refused or stopped, as the person reads it.

    Args:
        ground: the rule (căn cứ), "Điều 16 Luật Hộ tịch 2014".
        right_agency: who is competent, where another agency is.
    """

    reason: str
    ground: str = ""
    right_agency: str = ""

    def tidy(self) -> "Why":
        """The same without stray blanks, no longer than it is kept."""
        return Why(
            clean_lines(self.reason)[:LONGEST_REASON],
            clean(self.ground)[:LONGEST_GROUND],
            clean(self.right_agency)[:LONGEST_AGENCY],
        )


def check_why(why: Why, *, needs_ground: bool) -> None:
    """Refuse an answer that tells the person nothing. That there is a reason at all, the act itself asks.

    Raises:
        BusinessError: the reason is a bare code, or there is no ground although one is needed.
    """
    words = why.reason.split()
    if len(words) == 1:
        raise BusinessError("Ghi lý do thành câu để người nộp hiểu, không chỉ ghi một chữ hay mã lỗi.")
    if needs_ground and not why.ground:
        raise BusinessError("Nhập căn cứ: điều khoản mà việc này dựa vào.")
