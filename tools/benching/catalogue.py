"""A catalogue as large as the country's: made-up records as lines for the import, and the real ones where they lie."""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REAL = Path(os.environ.get("MOTCUA_BENCH_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
FILES = ("procedures.jsonl.xz", "procedures_index.jsonl.xz")
WHOLE = 12_000
SHORT = 3  # every third line is one of the catalogue only: name, field, who
COPIES = 25  # of a hundred records, so many bear a name that other provinces have too
LONG, MANY = "9.999998", "9.999999"  # the record of 236 kB, and the one with 224 papers

ACTS = (
    "Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Thu hồi", "Đăng ký", "Đăng ký lại", "Xác nhận", "Công nhận", "Phê duyệt",
    "Thẩm định", "Điều chỉnh", "Chấm dứt", "Chuyển đổi", "Bổ sung", "Thông báo", "Hỗ trợ", "Giải quyết", "Sửa đổi",
)  # fmt: skip
PAPERS = (
    "Giấy phép", "Giấy chứng nhận", "Chứng chỉ hành nghề", "Quyết định", "Thẻ", "Sổ", "Biển số", "Bản sao trích lục",
    "hợp đồng", "kế hoạch", "hồ sơ", "dự án", "chế độ trợ cấp", "việc thay đổi", "điều kiện hoạt động", "phương án",
)  # fmt: skip
THINGS = (
    "khai thác nước dưới đất", "kinh doanh vận tải hàng hóa", "cơ sở giết mổ gia súc", "nuôi trồng thủy sản lồng bè",
    "hành nghề khám bệnh", "dạy thêm ngoài nhà trường", "phòng cháy và chữa cháy", "quảng cáo ngoài trời",
    "tàu cá từ 12 mét", "sản xuất rượu thủ công", "phương tiện thủy nội địa", "xuất bản tài liệu", "di tích lịch sử",
    "giống cây trồng", "thuốc bảo vệ thực vật", "người có công với cách mạng", "học sinh bán trú", "an toàn thực phẩm",
    "nhà ở riêng lẻ", "quyền sử dụng đất", "chuyển mục đích sử dụng rừng", "đo đạc bản đồ", "tần số vô tuyến điện",
    "lao động nước ngoài", "bảo hiểm thất nghiệp", "tổ hợp tác", "hợp tác xã", "hộ kinh doanh", "quỹ từ thiện",
    "tín ngưỡng tôn giáo", "biểu diễn nghệ thuật", "karaoke", "khoáng sản làm vật liệu xây dựng", "chất thải nguy hại",
    "đường bộ đang khai thác", "xe máy chuyên dùng", "giám định tư pháp", "công chứng viên", "nuôi con nuôi",
    "trợ giúp pháp lý", "đấu giá tài sản", "thi hành án dân sự", "bưu chính", "trang thông tin điện tử",
)  # fmt: skip
MORE = (
    "", "có yếu tố nước ngoài", "cho cá nhân", "cho tổ chức", "thuộc thẩm quyền của Ủy ban nhân dân cấp tỉnh",
    "đối với trường hợp bị mất hoặc hỏng", "tại khu vực biên giới", "có thời hạn", "lần đầu", "theo cơ chế một cửa",
    "phục vụ nghiên cứu khoa học", "trong khu công nghiệp", "cho người khuyết tật", "trên vùng biển",
)  # fmt: skip
OFFICES = (
    "Sở {}",
    "Ủy ban nhân dân {}",
    "Trung tâm Phục vụ hành chính công {}",
    "Văn phòng đăng ký đất đai {}",
    "Chi cục {}",
)
CHANNELS = ("direct", "online", "postal")
LEVELS = (("Cấp tỉnh", "province"), ("Cấp xã", "commune"), ("Cấp bộ", "ministry"))


def real_files() -> list[Path]:
    """The real catalogue's files, if this machine has them (MOTCUA_BENCH_DATA names another folder)."""
    return [REAL / name for name in FILES if (REAL / name).is_file()]


def write_lines(path: Path, count: int) -> None:
    """So many made-up records, the two large ones among them."""
    with path.open("w", encoding="utf-8") as file:
        for line in lines(count):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def lines(count: int) -> Iterator[dict[str, Any]]:
    """Always the same ones."""
    dice = random.Random(5)
    provinces = [f"tỉnh Đo Lường {number}" for number in range(1, 35)]
    yield _full(dice, LONG, "Xác nhận điều kiện của cơ sở có hồ sơ dài nhất", provinces[0], words=30_000)
    yield _full(dice, MANY, "Kiểm tra phương tiện có nhiều giấy tờ nhất", provinces[0], papers=224)
    name = ""
    for number in range(1, count - 1):
        if not name or dice.randrange(100) >= COPIES:
            name = name_of(dice)
        code, province = f"9.{number:06d}", dice.choice(provinces)
        yield _short(dice, code, name, province) if number % SHORT == 0 else _full(dice, code, name, province)


def name_of(dice: random.Random) -> str:
    """A name as they are: an act, a paper, a thing, and what sets it apart from its neighbours."""
    words = [dice.choice(ACTS), dice.choice(PAPERS), dice.choice(THINGS), dice.choice(MORE)]
    if dice.randrange(3) == 0:
        words.append(f"theo Nghị định số {dice.randrange(1, 250)}/2025/NĐ-CP")
    return " ".join(filter(None, words))


def _short(dice: random.Random, code: str, name: str, province: str) -> dict[str, Any]:
    thing = next(thing for thing in THINGS if thing in name) if any(thing in name for thing in THINGS) else THINGS[0]
    number = THINGS.index(thing) * 5 + dice.randrange(5)
    return {
        "code": code, "name": name, "field": f"Lĩnh vực {thing} {number % 5 + 1}",
        "agency": dice.choice(OFFICES).format(province), "issuing_body": f"UBND {province}",
        "scope": "national_portal", "source": "bench",
    }  # fmt: skip


def _full(
    dice: random.Random, code: str, name: str, province: str, *, papers: int = 0, words: int = 0
) -> dict[str, Any]:
    level, key = dice.choice(LEVELS)
    days, amount = dice.choice((3, 5, 7, 10, 15, 30)), dice.choice((0, 15_000, 150_000, 1_200_000))
    return _short(dice, code, name, province) | {
        "level": level, "levels": [key], "audience": dice.choice(("Công dân Việt Nam", "Doanh nghiệp, Hợp tác xã")),
        "decision_no": f"{dice.randrange(1, 3000)}/QĐ-BTC", "kind": "TTHC được luật giao quy định chi tiết",
        "result": f"{dice.choice(PAPERS)} {dice.choice(THINGS)}", "legal_basis": [_law(dice) for _ in range(4)],
        "steps": "\n".join(f"Bước {step}: {_sentence(dice, 40)}" for step in range(1, 5)),
        "methods": [
            {
                "channel": channel, "duration_text": f"{days} Ngày làm việc", "duration_value": days,
                "duration_unit": "working_days", "fee_text": f"Phí : {amount} Đồng",
                "fees": [{"amount": amount, "currency": "VND", "note": None}], "description": _sentence(dice, 20),
            }
            for channel in CHANNELS
        ],
        "components": [
            {
                "name": f"{_sentence(dice, 14)} {number}", "form_name": None, "originals": 1, "copies": number % 2,
                "group": f"Trường hợp {number // 20 + 1}: {_sentence(dice, 6)}" if papers else None,
            }
            for number in range(papers or dice.randrange(2, 8))
        ],
        "conditions": "\n".join(_sentence(dice, 30) for _ in range(max(words // 30, 2))),
    }  # fmt: skip


def _sentence(dice: random.Random, words: int) -> str:
    found: list[str] = []
    while len(found) < words:
        found += dice.choice((*THINGS, *PAPERS, *MORE, "tổ chức, cá nhân nộp hồ sơ tại Bộ phận Một cửa")).split()
    return " ".join(found[:words]).capitalize() + "."


def _law(dice: random.Random) -> str:
    return f"Nghị định {dice.choice(THINGS)} ({dice.randrange(1, 250)}/20{dice.randrange(10, 26)}/NĐ-CP)"
