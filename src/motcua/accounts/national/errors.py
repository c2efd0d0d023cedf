"""What can go wrong with the National portal, each with its words for the person.

`title` is the page's heading; `status` the page's; `again` says whether trying once more can help. What went wrong
technically is logged, without personal data; the person is told what they can do.
"""

from motcua.core.errors import BusinessError
from motcua.core.words import say

NAME = say("Cổng Dịch vụ công Quốc gia")


class NationalTrouble(BusinessError):
    """Going through the National portal didn't work out; nothing was changed here."""

    title: str = say("Chưa xong ở {name}", name=NAME)
    status = 422
    again = True
    words: str = say("Chưa xong ở {name}. Xin thử lại", name=NAME)

    def __init__(self, words: str = "") -> None:
        super().__init__(words or self.words)


class NotConfigured(NationalTrouble):
    """This portal isn't connected to the National portal."""

    title = say("Chưa nối với {name}", name=NAME)
    status = 404
    again = False
    words = say("Cổng này chưa nối với {name}", name=NAME)


class Unavailable(NationalTrouble):
    """It doesn't answer, or answers with an error of its own."""

    title = say("{name} chưa trả lời", name=NAME)
    status = 503
    words = say("{name} đang bận hoặc tạm ngừng, nên chưa trả lời được. Xin thử lại sau ít phút", name=NAME)


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

    title = say("Ông/bà đã dừng ở {name}", name=NAME)
    status = 200
    words = say("Ông/bà đã bấm dừng ở {name}, nên chưa có gì thay đổi ở đây", name=NAME)


class Refused(NationalTrouble):
    """It refuses: a code that was used before, or a request that it doesn't like."""

    title = say("{name} không nhận lượt này", name=NAME)
    words = say("{name} không nhận lượt này, có thể vì lượt đã được dùng rồi. Xin làm lại từ đầu", name=NAME)


class Untrusted(NationalTrouble):
    """Its answer doesn't prove what it must: wrong signature, issuer, audience, nonce, or too old."""

    title = "Câu trả lời không đúng"
    status = 400
    words = say(
        "Câu trả lời của {name} không khớp với lượt này, nên không được nhận. Để giữ an toàn, "
        "xin làm lại từ đầu. Nếu vẫn vậy, xin gọi tổng đài",
        name=NAME,
    )


class Unsupported(NationalTrouble):
    """It knows no confirmations."""

    title = say("{name} chưa xác nhận được hồ sơ", name=NAME)
    status = 503
    again = False
    words = say("{name} chưa có chức năng xác nhận hồ sơ. Ông/bà có thể ký số tờ khai rồi tải lên", name=NAME)


class Incomplete(NationalTrouble):
    """What it says of the person isn't enough to know who it is."""

    title = say("Tài khoản ở {name} chưa đủ thông tin", name=NAME)
    again = False
    words = say(
        "{name} chưa cho biết đủ họ tên, số định danh cá nhân và ngày sinh của ông/bà. Xin cập "
        "nhật tài khoản ở đó, hoặc đăng nhập bằng tài khoản của cổng này",
        name=NAME,
    )


class Unverified(NationalTrouble):
    """The person's number wasn't verified there."""

    title = "Số định danh chưa được xác minh"
    again = False
    words = say(
        "Số định danh trong tài khoản ở {name} chưa được xác minh. Xin nâng mức độ định danh ở "
        "đó hoặc trong ứng dụng VNeID, rồi đăng nhập lại; hoặc đăng nhập bằng tài khoản của cổng "
        "này",
        name=NAME,
    )


class OtherPerson(NationalTrouble):
    """The account there and the account here are not, or not surely, one person's."""

    title = "Hai tài khoản không khớp nhau"
    status = 409
    again = False
    words = say(
        "Tài khoản ở {name} không khớp với tài khoản ở cổng này. Chưa có gì thay đổi. Xin gọi "
        "tổng đài, hoặc đến Bộ phận Một cửa, mang theo thẻ căn cước",
        name=NAME,
    )


class AccountClosed(NationalTrouble):
    """The account here is closed."""

    title = "Tài khoản đang bị khóa"
    status = 403
    again = False
    words = "Tài khoản của ông/bà ở cổng này đang bị khóa. Xin gọi tổng đài, hoặc đến Bộ phận Một cửa"
