"""Made-up contents for /mau: people, codes and figures are invented."""

from datetime import datetime
from typing import Any

from django import forms

from motcua.core.worktime import VIETNAM
from motcua.documents.models import Signature
from motcua.web.components.forms import ChoiceCards, CodeInput, DateParts, DayField, DigitsInput, PhoneInput, PortalForm

COLOURS = [
    ("Son", "#971B1E", "8,4 trên trắng"),
    ("Vàng thếp", "#D9A441", "chỉ làm nét, không làm chữ"),
    ("Chàm", "#1B4A73", "9,2"),
    ("Lá", "#1F6142", "7,4"),
    ("Than hồng", "#B3380C", "6,0"),
    ("Mực", "#221D1A", "16,7"),
    ("Mực nhạt", "#5A524C", "7,7"),
    ("Giấy 1", "#FAF8F4", "nền phụ"),
    ("Giấy 2", "#F3EFE8", "nền chân trang"),
    ("Viền thấy được", "#857B70", "4,2"),
]
STATES = [
    ("new", "new", "Mới đăng ký"),
    ("going", "check", "Được tiếp nhận"),
    ("bad", "stopped", "Không được tiếp nhận"),
    ("going", "run", "Đang xử lý"),
    ("yours", "your-turn", "Yêu cầu bổ sung giấy tờ"),
    ("yours", "money", "Yêu cầu thực hiện nghĩa vụ tài chính"),
    ("idle", "withdraw", "Công dân yêu cầu rút hồ sơ"),
    ("bad", "stopped", "Dừng xử lý"),
    ("done", "done", "Đã xử lý xong"),
    ("done", "door", "Đã trả kết quả"),
]
DUES = [
    ("new", "calendar", "Còn 3 ngày"),
    ("yours", "clock", "Còn 2 giờ, 11:30"),
    ("bad", "warning", "Quá 1 ngày"),
    ("idle", "pause", "Đồng hồ tạm dừng"),
    ("done", "done", "Trả trước hẹn 1 ngày"),
]
TAGS = [
    ("online", "Trực tuyến toàn trình"),
    ("counter", "Tại quầy"),
    ("post", "Bưu chính"),
    ("data", "Từ dữ liệu dân cư"),
    ("sign", "Có chữ ký số"),
]
ICONS = [
    "add", "agency", "back", "bell", "branch", "calendar", "camera", "chart", "check", "clock", "close", "copy",
    "counter", "data", "delete", "differs", "done", "door", "down", "download", "edit", "event-business",
    "event-child", "event-dispute", "event-health", "event-home", "event-marriage", "event-passing",
    "event-residence", "event-retirement", "event-study", "event-vehicle", "event-work", "filter", "flag", "grip",
    "home", "info", "keyboard", "language", "leave", "link", "list", "lock", "mail", "menu", "money", "new", "next",
    "online", "paper", "pause", "people", "person", "phone", "place", "post", "print", "qr", "question", "right",
    "rotate", "run", "save", "scan", "search", "shield", "sign", "star", "stopped", "store", "text-size", "up",
    "upload", "view", "warning", "withdraw", "your-turn", "zoom-in", "zoom-out",
]  # fmt: skip
STEPS = [
    {"name": "Người nộp", "url": "#m-buoc", "state": "done"},
    {"name": "Tờ khai", "url": "#m-buoc", "state": "done"},
    {"name": "Giấy tờ", "url": "#m-buoc", "state": "now"},
    {"name": "Nhận kết quả, lệ phí", "url": "", "state": "later"},
    {"name": "Xem lại và nộp", "url": "", "state": "later"},
]
FILE = {"name": "Giấy chứng sinh, mặt trước", "meta": "Ảnh HEIC · 1,8 MB", "view_url": "#m-gt", "remove": ("xoa", "1")}
PAPERS = [
    {
        "id": "mau-giay-1",
        "name": "Giấy chứng sinh",
        "required": True,
        "chip": ("yours", "upload", "Chưa có"),
        "rule": "Ảnh chụp bản chính, rõ cả bốn góc.",
        "pick": {
            "name": "tep",
            "multiple": True,
            "accept": "image/jpeg,image/png,image/heic,application/pdf",
            "limit": "Nhận JPG, PNG, HEIC, PDF. Mỗi tệp đến 20 MB, tối đa 10 tệp.",
        },
    },
    {
        "id": "mau-giay-2",
        "name": "Văn bản ủy quyền",
        "required": True,
        "chip": ("bad", "warning", "Cần sửa"),
        "error": "Tệp quay-phim.mov không phải ảnh hoặc PDF. Xin chụp ảnh giấy tờ rồi chọn lại.",
        "pick": {"name": "tep-2", "limit": "Nhận JPG, PNG, HEIC, PDF. Mỗi tệp đến 20 MB."},
    },
    {
        "id": "mau-giay-3",
        "name": "Giấy chứng nhận kết hôn",
        "required": True,
        "chip": ("going", "upload", "Đang tải lên"),
        "progress": {"name": "IMG_2041.heic", "words": "62%, còn khoảng 15 giây", "percent": 62},
    },
    {
        "id": "mau-giay-4",
        "name": "Giấy tờ khác",
        "chip": ("done", "done", "Đã đủ"),
        "files": [FILE, FILE | {"name": "Giấy chứng sinh, mặt sau", "meta": "Ảnh JPG · 1,2 MB"}],
    },
]
DAYS = [
    {"name": "T2", "date": "16/11", "icon": "upload", "word": "Nộp"},
    {"name": "T3", "date": "17/11", "state": "run", "icon": "run", "word": "Ngày 1"},
    {"name": "T4", "date": "18/11", "state": "pause", "icon": "pause", "word": "Dừng"},
    {"name": "T5", "date": "19/11", "state": "run", "icon": "run", "word": "Ngày 2"},
    {"name": "T6", "date": "20/11", "state": "left", "icon": "clock", "word": "Còn lại", "today": True},
    {"name": "T2", "date": "23/11", "state": "due", "icon": "door", "word": "Hẹn trả"},
]
LEDGER = [
    {
        "since": "17/11, 7:30",
        "runs": True,
        "word": "Bắt đầu",
        "reason": "Được tiếp nhận",
        "used": "0 ngày",
        "due": "20/11",
    },
    {
        "since": "17/11, 17:00",
        "runs": False,
        "word": "Tạm dừng",
        "reason": "Chờ bổ sung giấy tờ",
        "used": "1 ngày",
        "due": "Khi bổ sung",
    },
]
MOMENTS = [
    {
        "state": "now",
        "icon": "your-turn",
        "title": "Yêu cầu bổ sung giấy tờ",
        "meta": "Thứ Hai 23/11, 17:00 · Phạm Văn Dũng, UBND phường Hoa Sen",
        "text": "Cần Trích lục khai tử. Đã báo qua tin nhắn và thư điện tử.",
    },
    {
        "state": "done",
        "icon": "done",
        "title": "Được tiếp nhận, có giấy hẹn",
        "meta": "Thứ Ba 17/11, 8:35 · Trần Thị Chi, Bộ phận Một cửa",
        "link": ("#m-dt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả (PDF)"),
    },
    {"state": "next", "icon": "door", "title": "Trả kết quả"},
]
FEES = {
    "caption": "Mức phí, mẫu",
    "quiet": True,
    "columns": [{"name": "Khoản thu"}, {"name": "Căn cứ"}, {"name": "Mức", "is_number": True}],
    "rows": [
        ["Lệ phí đăng ký khai sinh", "85/2019/TT-BTC", "0 đồng"],
        ["Phí bản sao trích lục", "281/2016/TT-BTC", "8.000 đồng một bản"],
    ],
}
FIGURES = {
    "caption": "Kết quả giải quyết theo lĩnh vực, tháng 11",
    "columns": [{"name": "Lĩnh vực"}]
    + [
        {"name": name, "is_number": True}
        for name in ("Nhận", "Xong", "Trước hạn", "Đúng hạn", "Quá hạn", "Đúng hạn, %", "Hài lòng, %")
    ],
    "rows": [
        ["Hộ tịch", "386", "371", "240", "127", "4", "98,9", "97,0"],
        ["Chứng thực", "1.201", "1.201", "1.180", "21", "0", "100", "99,2"],
        ["Bảo trợ xã hội", "64", "52", "21", "28", "3", "94,2", "–"],
    ],
    "sum": ["Cộng", "1.651", "1.624", "1.441", "176", "7", "99,6", "98,5"],
}
QUEUES = [
    {"name": "Cần tôi xử lý", "url": "#m-viec", "count": 38, "current": True},
    {"name": "Mới bổ sung", "url": "#m-viec", "count": 4},
    {"name": "Chờ người dân", "url": "#m-viec", "count": 9},
]
DUE_BOXES = [
    {"kind": "late", "icon": "warning", "count": 2, "word": "Quá hạn", "url": "#m-viec"},
    {"kind": "today", "icon": "clock", "count": 5, "word": "Đến hạn hôm nay", "url": "#m-viec", "current": True},
    {"icon": "calendar", "count": 8, "word": "Ngày mai", "url": "#m-viec"},
]
GROUPS = [
    {
        "kind": "late",
        "icon": "warning",
        "title": "Quá hạn (1)",
        "rows": [
            {
                "url": "#m-viec",
                "title": "Đăng ký khai sinh",
                "code": "H98.21-261119-0014",
                "note": "đã gửi thư xin lỗi",
                "person": "Bùi Đức Long",
                "number": "098 096 000 377",
                "step": "Thẩm tra",
                "channel": ("online", "Trực tuyến"),
                "chip": ("bad", "warning", "Quá 1 ngày"),
            }
        ],
    },
    {
        "kind": "today",
        "icon": "clock",
        "title": "Hôm nay, 25/11 (1)",
        "rows": [
            {
                "url": "#m-viec",
                "title": "Cấp Giấy xác nhận tình trạng hôn nhân",
                "code": "H98.21-261120-0005",
                "person": "Phan Thị Hạnh",
                "number": "098 179 000 248",
                "step": "Chờ ký",
                "channel": ("counter", "Tại quầy"),
                "due": "17:00 hôm nay",
            }
        ],
    },
]
TILES = [
    {"name": "Đã nhận", "number": "742", "icon": ("up", "s soft"), "words": "tăng 58 so với tháng trước"},
    {"name": "Đúng hạn và trước hạn", "number": "98,1%", "icon": ("check", "s leaf"), "words": "mục tiêu 98%"},
    {"name": "Đang quá hạn", "number": "6", "icon": ("warning", "s ember"), "words": "2 chưa xin lỗi"},
]
REVIEW = {
    "id": "mau-xem-lai",
    "title": "Người được khai sinh",
    "edit_url": "#m-xem",
    "rows": [
        {"label": "Họ, chữ đệm, tên", "text": "Lê Minh Khuê"},
        {
            "label": "Ngày sinh",
            "text": "12/11/2026",
            "fine": "Ngày mười hai tháng mười một năm hai nghìn không trăm hai mươi sáu",
        },
        {"label": "Nơi sinh", "text": "Bệnh viện Đa khoa tỉnh Minh Giang,\nphường Hoa Sen, tỉnh Minh Giang"},
    ],
}
VERDICT = {
    "name": "mau-kiem",
    "title": "Giấy chứng sinh",
    "choices": [("dat", "Đạt"), ("chua", "Chưa đạt"), ("khong-can", "Không cần")],
    "value": "chua",
    "reasons": ["Ảnh mờ, không đọc được số giấy", "Thiếu mặt sau", "Lý do khác"],
    "reason": "Thiếu mặt sau",
}
KEYS = [
    {"keys": ["J", "K"], "words": "xuống, lên"},
    {"keys": ["Enter"], "words": "mở"},
    {"keys": ["/"], "words": "tìm"},
]


class EveryField(PortalForm):
    """One field of each kind, as a person finds them after a first try."""

    mau_ten = forms.CharField(label="Họ, chữ đệm, tên", help_text="Viết có dấu, đúng như trên giấy tờ")
    mau_so = forms.CharField(label="Số định danh cá nhân", widget=DigitsInput)
    mau_dien_thoai = forms.CharField(label="Số điện thoại", widget=PhoneInput, help_text="Để nhận tin nhắn")
    mau_ngay = DayField(label="Ngày, tháng, năm sinh", help_text="Ví dụ 5 3 2026", widget=DateParts(birthday=True))
    mau_gioi = forms.ChoiceField(label="Giới tính", choices=[("nu", "Nữ"), ("nam", "Nam")], widget=forms.RadioSelect)
    mau_noi = forms.ChoiceField(
        label="Nhận kết quả bằng cách nào?",
        choices=[("nha", "Bưu chính đến nhà"), ("quay", "Tại quầy")],
        widget=ChoiceCards({"nha": "2 ngày, cước 26.000 đồng", "quay": "Mang theo căn cước và giấy hẹn"}),
    )
    mau_xa = forms.ChoiceField(
        label="Xã, phường", choices=[("", "Chọn"), ("1", "Phường Hoa Sen"), ("2", "Xã Phú Lương")]
    )
    mau_bao = forms.MultipleChoiceField(
        label="Báo tin qua",
        choices=[("sms", "Tin nhắn"), ("thu", "Thư điện tử")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    mau_them = forms.CharField(label="Điều cần nói thêm", widget=forms.Textarea({"rows": 3}), required=False)
    mau_ma = forms.CharField(label="Mã OTP", widget=CodeInput, help_text="6 chữ số vừa gửi đến ••• ••• 217")
    mau_mat = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput({"autocomplete": "off"}), required=False)
    mau_tep = forms.FileField(label="Ảnh chân dung", required=False, help_text="Nhận JPG, PNG, HEIC. Đến 20 MB.")
    mau_nho = forms.BooleanField(label="Ghi nhớ tôi trên máy này", required=False)

    def clean_mau_so(self) -> str:
        typed: str = self.cleaned_data["mau_so"]
        if len(typed) != 12:
            raise forms.ValidationError(f"Số định danh có 12 chữ số, ông/bà mới gõ {len(typed)}")
        return typed


TYPED = {
    "mau_ten": "Lê Minh Khuê",
    "mau_so": "09816200421",
    "mau_dien_thoai": "0900 000 217",
    "mau_ngay_ngay": "30",
    "mau_ngay_thang": "2",
    "mau_ngay_nam": "2026",
    "mau_gioi": "nu",
    "mau_noi": "nha",
    "mau_bao": ["sms"],
    "mau_ma": "123456",
}


def signatures() -> list[Signature]:
    """A good one, and one under a file that was changed."""
    at = datetime(2026, 11, 21, 9, 12, tzinfo=VIETNAM)
    changed = Signature.Trouble.CHANGED
    return [Signature(signer="Nguyễn Thị An", signed_at=at), Signature(signer="Lê Văn Bình", trouble=changed)]


def context() -> dict[str, Any]:
    """All that mc/mau.html shows."""
    return {
        "colours": COLOURS,
        "states": STATES,
        "dues_chips": DUES,
        "tags": TAGS,
        "icons": ICONS,
        "demo_steps": STEPS,
        "every_field": EveryField(TYPED),
        "known_rows": [("Họ tên", "Nguyễn Thị An"), ("Sinh năm", "1962")],
        "saved_at": datetime(2026, 11, 23, 20, 14, tzinfo=VIETNAM),
        "papers": PAPERS,
        "signatures": signatures(),
        "days": DAYS,
        "ledger": LEDGER,
        "moments": MOMENTS,
        "fees": FEES,
        "figures": FIGURES,
        "queues": QUEUES,
        "due_boxes": DUE_BOXES,
        "groups": GROUPS,
        "tiles": TILES,
        "review": REVIEW,
        "costs": [
            {"name": "Lệ phí đăng ký khai sinh đúng hạn", "amount": 0},
            {"name": "Phí cấp 2 bản sao", "amount": 16000},
        ],
        "verdict": VERDICT,
        "keys": KEYS,
        "crumbs": [("Trang chủ", "/"), ("Thủ tục", "/thu-tuc/"), ("Mẫu giao diện", "")],
        "dock_facts": ["Tại phường Hoa Sen", "Miễn phí, khoảng 10 phút"],
    }
