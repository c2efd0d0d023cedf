"""What a service must have before it may call itself by a level: in the old scheme mức độ 1 to 4 (TT 32/2017 Điều 5),
in the present one toàn trình, một phần, or information only (NĐ 224/2026 Điều 14, 15).

Each level needs what the ones below it need. Everything that decides is an argument.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.core.errors import BusinessError

FULL, PARTIAL, INFORMATION = "toan-trinh", "mot-phan", "thong-tin"
PARTIAL_KINDS = ("co-mat", "xac-minh")
ONLINE, DESK, POST, EMAIL = "truc-tuyen", "tai-quay", "buu-chinh", "thu-dien-tu"
FORMS_LEVEL, ONLINE_LEVEL, WHOLE_LEVEL = 2, 3, 4
# Without these acts somewhere in the process no dossier ever comes to its result.
ACTS_NEEDED = {"accept": "tiếp nhận", "propose": "trình kết quả", "approve": "duyệt ký", "issue": "cấp số, phát hành"}


class LevelTrouble(BusinessError):
    """A service can't be published at a level; `missing` names all that it lacks."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__("Chưa công bố được: " + "; ".join(missing) + ".")
        self.missing = list(missing)


@dataclass(frozen=True)
class Portal:
    """What this portal as a whole can do.

    Attributes:
        statistics: dossiers are counted for statistics.
        signs: results are signed digitally, so that the electronic one counts by law.
    """

    statistics: bool
    signs: bool


@dataclass(frozen=True)
class Facts:
    """What is known beside the settings.

    Attributes:
        parts_lacking: the parts of the procedure's record (NĐ 63/2010 Điều 8) that are empty.
        has_blank_forms: whether the forms of the record can be had here, as files or to print.
        charges: whether it costs anything.
        portal: see there.
    """

    parts_lacking: Collection[str]
    has_blank_forms: bool
    charges: bool
    portal: Portal


def missing_for_level(
    settings: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], facts: Facts, *, has_form: bool
) -> None:
    """Refuse a level whose requirements aren't met, and name all that are missing.

    Args:
        settings: fields of `OfferingVersion`.
        has_form: whether the service has an e-form.

    Raises:
        LevelTrouble: something is missing.
    """
    missing = lacking(settings, steps, facts, has_form=has_form)
    if missing:
        raise LevelTrouble(missing)


def lacking(
    settings: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], facts: Facts, *, has_form: bool
) -> list[str]:
    """What a service with these settings lacks for the level and the scope that they name; empty: nothing."""
    level, scope = settings["old_level"], settings["scope"]
    found = [f"mức độ 1 phải công khai đủ thủ tục, còn thiếu {part}" for part in facts.parts_lacking]
    if level >= FORMS_LEVEL:
        found += _forms(settings, facts, has_form=has_form)
    if level >= ONLINE_LEVEL:
        found += _online(settings, steps, facts, has_form=has_form)
    if level >= WHOLE_LEVEL:
        found += _whole(settings, facts)
    return found + list(_scope(settings, level, scope))


def lacking_for_next(
    settings: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], facts: Facts, *, has_form: bool
) -> list[str]:
    """What a service still lacks for the next level, or at level 4 for being wholly online; empty: nothing.

    A level that is wholly or partly online replaces "information only"; what remains partial needs no other reason.
    """
    level, scope = settings["old_level"], settings["scope"]
    if level >= WHOLE_LEVEL:
        wanted: dict[str, Any] = {"scope": FULL}
    else:
        wanted = {"old_level": level + 1}
        if level + 1 >= ONLINE_LEVEL and scope == INFORMATION:
            wanted["scope"] = FULL
    return lacking({**settings, **wanted}, steps, facts, has_form=has_form)


def _forms(settings: Mapping[str, Any], facts: Facts, *, has_form: bool) -> Iterator[str]:
    if not (has_form or facts.has_blank_forms):
        yield "mức độ 2 phải có biểu mẫu để tải về, in ra"
    if not {ONLINE, DESK, POST} & set(settings["hand_in_ways"]):
        yield "mức độ 2 phải nhận bản in tại quầy hoặc qua bưu chính"


def _online(
    settings: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], facts: Facts, *, has_form: bool
) -> Iterator[str]:
    level = settings["old_level"]
    if not has_form:
        yield f"mức độ {level} phải có biểu mẫu điện tử tương tác"
    if ONLINE not in settings["hand_in_ways"]:
        yield f"mức độ {level} phải nhận hồ sơ trực tuyến"
    if not steps:
        yield f"mức độ {level} phải có quy trình xử lý nội bộ"
    else:
        acts = {act for step in steps for act in step["acts"]}
        for act, words in ACTS_NEEDED.items():
            if act not in acts:
                yield f"quy trình xử lý chưa có bước {words}"
    if not settings["receive_ways"]:
        yield f"mức độ {level} phải có cách trả kết quả"
    if not facts.portal.statistics:
        yield f"mức độ {level} phải có số liệu thống kê hồ sơ"
    if not settings.get("result_code"):
        yield f"mức độ {level} phải có mã loại kết quả để chia sẻ với cơ quan khác"


def _whole(settings: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    received = set(settings["receive_ways"])
    if facts.charges and ONLINE not in settings.get("pay_ways", ()):
        yield "mức độ 4 phải cho nộp phí, lệ phí trực tuyến"
    if not {ONLINE, EMAIL, POST} & received:
        yield "mức độ 4 phải trả kết quả trực tuyến, qua thư điện tử hoặc qua bưu chính"
    if not facts.portal.signs:
        yield "mức độ 4 phải có kết quả điện tử được ký số"


def _scope(settings: Mapping[str, Any], level: int, scope: str) -> Iterator[str]:
    if scope == INFORMATION:
        if level >= ONLINE_LEVEL:
            yield f"mức độ {level} là dịch vụ công trực tuyến, phải là toàn trình hoặc một phần"
        return
    if level < ONLINE_LEVEL:
        yield f"mức độ {level} chỉ cung cấp thông tin, chưa phải là dịch vụ công trực tuyến"
    if scope == PARTIAL:
        if settings.get("partial_kind") not in PARTIAL_KINDS:
            yield "một phần phải thuộc trường hợp được phép: người dân phải có mặt, hoặc cơ quan xác minh tại chỗ"
        if not settings.get("partial_reason"):
            yield "một phần phải nêu lý do được phép"
        return
    received = set(settings["receive_ways"])
    if level < WHOLE_LEVEL and not {ONLINE, EMAIL, POST} & received:  # at level 4 it is said already
        yield "toàn trình phải trả kết quả trực tuyến, qua thư điện tử hoặc qua bưu chính"
    if settings.get("sign_on_receipt") and POST not in received:
        yield "toàn trình mà người dân phải ký nhận thì phải trả kết quả qua bưu chính"
