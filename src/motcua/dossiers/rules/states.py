"""The four states that a dossier has side by side. Labels for people live here, once."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where the business of a dossier stands. What leads from one to another: `moves.MOVES`."""

    DRAFT = "draft", "Bản nháp"
    SUBMITTED = "submitted", "Chờ tiếp nhận"
    DECLINED = "declined", "Không được tiếp nhận"
    ACCEPTED = "accepted", "Được tiếp nhận"
    PROCESSING = "processing", "Đang thụ lý"
    SUPPLEMENT = "supplement", "Chờ bổ sung"
    CONFIRMING = "confirming", "Chờ người nộp xem bản nháp"
    SIGNING = "signing", "Trình ký"
    REFUSING = "refusing", "Trình ký từ chối"
    APPROVED = "approved", "Đã ký, chờ vào sổ"
    ISSUED = "issued", "Đã có kết quả"
    RETURNED = "returned", "Đã trả kết quả"
    REFUSED = "refused", "Từ chối giải quyết"
    STOPPED = "stopped", "Dừng xử lý"
    WITHDRAWN = "withdrawn", "Đã rút"


class PaymentState(TextChoices):
    """Whether money is due. Owed money doesn't stop the clock; money asked for now does."""

    NOTHING = "nothing", "Không phải trả"
    OWED = "owed", "Chưa trả"
    ASKED = "asked", "Được yêu cầu nộp ngay"
    PAID = "paid", "Đã trả"
    REFUNDED = "refunded", "Đã hoàn"


class DeliveryState(TextChoices):
    """Where the result, or what is handed back instead of one, is."""

    NOT_YET = "not_yet", "Chưa có kết quả"
    WAITING = "waiting", "Chờ nhận"
    TAKEN_ONLINE = "taken_online", "Đã tải bản điện tử"
    HANDED_OVER = "handed_over", "Đã trao tại quầy"
    TO_POST = "to_post", "Chờ giao bưu chính"
    AT_POST = "at_post", "Đang ở bưu chính"
    DELIVERED = "delivered", "Bưu chính đã phát"
    EMAILED = "emailed", "Đã gửi thư điện tử"


class SyncState(TextChoices):
    """What the National portal knows."""

    NONE = "none", "Chưa đồng bộ"


# Before anybody may have started to count, and after the result exists, no clock runs.
RUNNING = frozenset({State.ACCEPTED, State.PROCESSING, State.SIGNING, State.REFUSING, State.APPROVED})
ENDED = frozenset({State.DECLINED, State.RETURNED, State.REFUSED, State.STOPPED, State.WITHDRAWN})
