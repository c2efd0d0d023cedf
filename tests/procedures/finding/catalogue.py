"""A small made-up catalogue: names as they are really written, nothing else."""

from motcua.procedures.finding.entry import Entry
from motcua.procedures.finding.index import Index

NAMES = {
    "1.000001": ("Thủ tục đăng ký khai sinh", "Hộ tịch"),
    "1.000002": ("Thủ tục đăng ký khai sinh có yếu tố nước ngoài", "Hộ tịch"),
    "1.000003": ("Thủ tục đăng ký khai sinh lưu động", "Hộ tịch"),
    "1.000004": ("Thủ tục đăng ký lại khai sinh", "Hộ tịch"),
    "1.000005": ("Thủ tục đăng ký kết hôn", "Hộ tịch"),
    "1.000006": ("Thủ tục đăng ký khai tử", "Hộ tịch"),
    "1.000007": ("Xóa đăng ký thường trú", "Đăng ký, quản lý cư trú"),
    "1.000008": ("Đăng ký tạm trú", "Đăng ký, quản lý cư trú"),
    "1.000009": ("Gia hạn tạm trú", "Đăng ký, quản lý cư trú"),
    "1.000010": ("Cấp lại Giấy chứng nhận do bị mất", "Đất đai"),
    "1.000011": ("Cấp lại thẻ căn cước", "Cấp, quản lý căn cước"),
    "1.000012": ("Cấp đổi thẻ căn cước", "Cấp, quản lý căn cước"),
    "1.000013": ("Trình báo mất hộ chiếu phổ thông (thực hiện tại cấp xã)", "Quản lý xuất nhập cảnh"),
    "1.000014": ("Trình báo mất hộ chiếu phổ thông (thực hiện tại cấp tỉnh)", "Quản lý xuất nhập cảnh"),
    "1.000015": ("Giải quyết hưởng chế độ TNLĐ, BNN đối với trường hợp bị TNLĐ lần đầu", "Bảo hiểm xã hội"),
    "1.000016": ("Cấp lại, đổi, điều chỉnh thông tin trên sổ BHXH, thẻ BHYT", "Bảo hiểm xã hội"),
    "1.000017": ("Thực hiện, điều chỉnh, thôi hưởng trợ cấp hưu trí xã hội", "Bảo trợ xã hội"),
    "1.000018": ("Đăng ký thành lập hộ kinh doanh", "Thành lập và hoạt động của hộ kinh doanh"),
    "1.000019": ("Cấp Giấy chứng nhận xuất xứ hàng hóa (C/O) mẫu D", "Xuất nhập khẩu"),
}


def entry(code: str, name: str, field: str = "", **more: object) -> Entry:
    """A full record of a ministry, done by communes for citizens."""
    known: dict[str, object] = {"levels": ("xa",), "audience": ("Công dân Việt Nam",), "issuing_body": "Bộ Tư pháp"}
    return Entry(0, code, name, name, field=field, field_name=field, **(known | more))  # type: ignore[arg-type]


def catalogue(*more: Entry, **given: object) -> Index:
    """The index of these names and of more entries."""
    entries = [entry(code, name, field) for code, (name, field) in NAMES.items()]
    return Index([*entries, *more], **given)  # type: ignore[arg-type]
