"""How much of a procedure can be done online, said in both schemes: mức độ 1–4, and toàn trình / một phần."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from motcua.content.remembered import Remembered
from motcua.offerings import queries as offerings
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import ProcedureVersion

FULL, PARTIAL, FORMS, INFORMATION = "toan-trinh", "mot-phan", "bieu-mau", "thong-tin"
LABELS = {
    FULL: "Trực tuyến toàn trình",
    PARTIAL: "Trực tuyến một phần",
    FORMS: "Tải biểu mẫu, nộp giấy",
    INFORMATION: "Xem hướng dẫn, nộp giấy",
}
SHORT = {FULL: "Toàn trình", PARTIAL: "Một phần", FORMS: "Tải biểu mẫu", INFORMATION: "Tại quầy"}
ICONS = {FULL: "online", PARTIAL: "online", FORMS: "download", INFORMATION: "counter"}
ONLINE = (FULL, PARTIAL)


@dataclass(frozen=True)
class Level:
    """What people are told about the level of a procedure.

    Attributes:
        key: FULL, PARTIAL, FORMS or INFORMATION.
        old: mức độ 1–4 (Thông tư 32/2017/TT-BTTTT Điều 5).
        meaning: what that means for the person, in one or two sentences.
        reason: why it is online only in part (NĐ 224/2026 Điều 14 wants it published).
    """

    key: str
    old: int
    meaning: str
    reason: str = ""

    @property
    def label(self) -> str:
        """In full."""
        return LABELS[self.key]

    @property
    def short(self) -> str:
        """For lists."""
        return SHORT[self.key]

    @property
    def icon(self) -> str:
        """A name in icons.svg."""
        return ICONS[self.key]

    @property
    def online(self) -> bool:
        """Whether a dossier can be handed in here."""
        return self.key in ONLINE


def level_of(version: ProcedureVersion, offered: Sequence[OfferingVersion]) -> Level:
    """The best level at which any agency offers this procedure."""
    if not offered:
        return _on_paper(version.is_to_take_home)
    best = max(offered, key=lambda one: (one.scope == FULL, one.old_level))
    if best.scope == FULL:
        return Level(FULL, best.old_level, "Nộp, theo dõi và nhận kết quả mà không phải đến quầy.")
    meaning = "Điền, gửi và theo dõi trực tuyến; có bước phải đến quầy."
    return Level(PARTIAL, best.old_level, meaning, best.partial_reason)


def levels_of_all(offered: Mapping[str, Sequence[OfferingVersion]], with_forms: Iterable[str]) -> dict[str, str]:
    """The key of every procedure's level that is more than information, by code; for the filter "mức độ".

    Args:
        offered: what is offered online.
        with_forms: codes of the procedures whose forms can be had here, as files or to print.
    """
    keys = dict.fromkeys(with_forms, FORMS)
    for code, versions in offered.items():
        keys[code] = FULL if any(version.scope == FULL for version in versions) else PARTIAL
    return keys


def offered() -> dict[str, list[OfferingVersion]]:
    """What is offered online now, by code of the procedure, for lists: some seconds late, and the same for all."""
    return _offered()


_offered = Remembered(offerings.offered)


def _on_paper(has_forms: bool) -> Level:
    if has_forms:
        return Level(FORMS, 2, "Tải biểu mẫu tại đây, điền rồi nộp bản in tại quầy hoặc qua bưu chính.")
    return Level(INFORMATION, 1, "Xem đủ thông tin tại đây, nộp hồ sơ theo nơi và cách ghi bên dưới.")
