"""The states of orders, attempts and refunds; ways and kinds of money. Labels for people live here, once."""

from django.db.models import TextChoices


class OrderState(TextChoices):
    """Whether an order still waits for its money."""

    OPEN = "open", "Chờ nộp"
    PAID = "paid", "Đã nộp"
    CANCELLED = "cancelled", "Đã hủy"


class AttemptState(TextChoices):
    """How far a try to pay has come, by the provider's own word."""

    STARTED = "started", "Đang chờ kết quả từ ngân hàng"
    SUCCEEDED = "succeeded", "Thành công"
    FAILED = "failed", "Không thành công"
    SUSPECT = "suspect", "Ngân hàng đang kiểm tra"  # debited and held back by the provider
    EXPIRED = "expired", "Hết thời gian, chưa trừ tiền"


class NoticeKind(TextChoices):
    """How a word of the provider reached us."""

    IPN = "ipn", "Thông báo từ máy chủ"
    RETURN = "return", "Người nộp quay về"
    QUERY = "query", "Trả lời truy vấn"
    REFUND = "refund", "Trả lời yêu cầu hoàn tiền"


class Method(TextChoices):
    """How money comes, or goes back."""

    VNPAY = "vnpay", "Trực tuyến qua VNPAY"
    TRANSFER = "transfer", "Chuyển khoản"
    CASH = "cash", "Tiền mặt tại quầy"
    POSTMAN = "postman", "Qua nhân viên bưu chính"


class LineKind(TextChoices):
    """A fee covers the cost of a service, a charge is fixed by the state: two lines, two receipts."""

    FEE = "phi", "Phí"
    CHARGE = "le-phi", "Lệ phí"


class RefundState(TextChoices):
    """Whether the money has gone back."""

    ASKED = "asked", "Đang chuyển yêu cầu"
    DONE = "done", "Đã hoàn"
    FAILED = "failed", "Không hoàn được"
