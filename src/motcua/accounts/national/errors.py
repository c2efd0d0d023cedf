"""What can go wrong with the National portal, each with its words for the person.

`title` is the page's heading; `status` the page's; `again` says whether trying once more can help. What went wrong
technically is logged, without personal data; the person is told what they can do.
"""

from motcua.core.errors import BusinessError

NAME = "Cổng Dịch vụ công Quốc gia"


class NationalTrouble(BusinessError):
    """Going through the National portal didn't work out; nothing was changed here."""

    title = f"Chưa xong ở {NAME}"
    status = 422
    again = True
    words = f"Chưa xong ở {NAME}. Xin thử lại"

    def __init__(self, words: str = "") -> None:
        super().__init__(words or self.words)


class NotConfigured(NationalTrouble):
    """This portal isn't connected to the National portal."""

    title = f"Chưa nối với {NAME}"
    status = 404
    again = False
    words = f"Cổng này chưa nối với {NAME}"


class Unavailable(NationalTrouble):
    """It doesn't answer, or answers with an error of its own."""

    title = f"{NAME} chưa trả lời"
    status = 503
    words = f"{NAME} đang bận hoặc tạm ngừng, nên chưa trả lời được. Xin thử lại sau ít phút"


class Ended(NationalTrouble):
    """Whoever comes back began nothing here, or too long ago, or has come back before."""

    title = "Lượt này đã quá hạn"
    status = 410
    words = (
        "Lượt này đã dùng rồi, đã quá 30 phút, hoặc được bắt đầu ở một trình duyệt khác. "
        "Để giữ an toàn, xin làm lại từ đầu"
    )


class Cancelled(NationalTrouble):
    """The person pressed "Hủy" there, or refused."""

    title = f"Ông/bà đã dừng ở {NAME}"
    status = 200
    words = f"Ông/bà đã bấm dừng ở {NAME}, nên chưa có gì thay đổi ở đây"


class Refused(NationalTrouble):
    """It refuses: a code that was used before, or a request that it doesn't like."""

    title = f"{NAME} không nhận lượt này"
    words = f"{NAME} không nhận lượt này, có thể vì lượt đã được dùng rồi. Xin làm lại từ đầu"


class Untrusted(NationalTrouble):
    """Its answer doesn't prove what it must: wrong signature, issuer, audience, nonce, or too old."""

    title = "Câu trả lời không đúng"
    status = 400
    words = (
        f"Câu trả lời của {NAME} không khớp với lượt này, nên không được nhận. "
        "Để giữ an toàn, xin làm lại từ đầu. Nếu vẫn vậy, xin gọi tổng đài"
    )


class Unsupported(NationalTrouble):
    """It knows no confirmations."""

    title = f"{NAME} chưa xác nhận được hồ sơ"
    status = 503
    again = False
    words = f"{NAME} chưa có chức năng xác nhận hồ sơ. Ông/bà có thể ký số tờ khai rồi tải lên"


class Incomplete(NationalTrouble):
    """What it says of the person isn't enough to know who it is."""

    title = f"Tài khoản ở {NAME} chưa đủ thông tin"
    again = False
    words = (
        f"{NAME} chưa cho biết đủ họ tên, số định danh cá nhân và ngày sinh của ông/bà. "
        "Xin cập nhật tài khoản ở đó, hoặc đăng nhập bằng tài khoản của cổng này"
    )


class Unverified(NationalTrouble):
    """The person's number wasn't verified there."""

    title = "Số định danh chưa được xác minh"
    again = False
    words = (
        f"Số định danh trong tài khoản ở {NAME} chưa được xác minh. Xin nâng mức độ định danh ở đó hoặc trong "
        "ứng dụng VNeID, rồi đăng nhập lại; hoặc đăng nhập bằng tài khoản của cổng này"
    )


class OtherPerson(NationalTrouble):
    """The account there and the account here are not, or not surely, one person's."""

    title = "Hai tài khoản không khớp nhau"
    status = 409
    again = False
    words = (
        f"Tài khoản ở {NAME} không khớp với tài khoản ở cổng này. Chưa có gì thay đổi. "
        "Xin gọi tổng đài, hoặc đến Bộ phận Một cửa, mang theo thẻ căn cước"
    )


class AccountClosed(NationalTrouble):
    """The account here is closed."""

    title = "Tài khoản đang bị khóa"
    status = 403
    again = False
    words = "Tài khoản của ông/bà ở cổng này đang bị khóa. Xin gọi tổng đài, hoặc đến Bộ phận Một cửa"
