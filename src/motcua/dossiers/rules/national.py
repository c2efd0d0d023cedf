"""The ten statuses that the National portal knows, and which of them a dossier has."""

from django.db.models import IntegerChoices

from motcua.dossiers.rules.states import ENDED, DeliveryState, PaymentState, State, SyncState


class NationalStatus(IntegerChoices):
    """Trạng thái hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia (rules.md §2.1)."""

    SUBMITTED = 1, "Mới đăng ký"
    ACCEPTED = 2, "Được tiếp nhận"
    NOT_ACCEPTED = 3, "Không được tiếp nhận"
    PROCESSING = 4, "Đang xử lý"
    SUPPLEMENT_REQUESTED = 5, "Yêu cầu bổ sung giấy tờ"
    PAYMENT_REQUESTED = 6, "Yêu cầu thực hiện nghĩa vụ tài chính"
    WITHDRAWN = 7, "Công dân yêu cầu rút hồ sơ"
    STOPPED = 8, "Dừng xử lý"
    COMPLETED = 9, "Đã xử lý xong"
    RETURNED = 10, "Đã trả kết quả"


_BY_STATE = {
    State.SUBMITTED: NationalStatus.SUBMITTED,
    State.DECLINED: NationalStatus.NOT_ACCEPTED,
    State.ACCEPTED: NationalStatus.ACCEPTED,
    State.PROCESSING: NationalStatus.PROCESSING,
    State.SUPPLEMENT: NationalStatus.SUPPLEMENT_REQUESTED,
    State.CONFIRMING: NationalStatus.PROCESSING,  # a courtesy of the process, not a paper that is missing
    State.SIGNING: NationalStatus.PROCESSING,
    State.REFUSING: NationalStatus.PROCESSING,
    State.APPROVED: NationalStatus.PROCESSING,
    State.ISSUED: NationalStatus.COMPLETED,
    State.RETURNED: NationalStatus.RETURNED,
    State.REFUSED: NationalStatus.STOPPED,  # the ten know no refusal after acceptance
    State.STOPPED: NationalStatus.STOPPED,
    State.WITHDRAWN: NationalStatus.WITHDRAWN,
}
_HANDED_BACK = {State.REFUSED, State.STOPPED, State.WITHDRAWN}  # their notice can be delivered too: 8 → 10, 7 → 10
_WAITING_COUNTS_FIRST = {State.SUPPLEMENT, State.ISSUED}  # a missing paper, a finished result: the fee comes second


def national_status(
    state: State, payment: PaymentState, delivery: DeliveryState, sync: SyncState = SyncState.NONE
) -> NationalStatus | None:
    """The one status that stands for all four states; None for a draft, which the nation doesn't know.

    `sync` changes nothing: what the other side has heard is not what is so.
    """
    if state == State.DRAFT:
        return None
    if state in _HANDED_BACK and delivery == DeliveryState.HANDED_OVER:
        return NationalStatus.RETURNED
    if payment == PaymentState.ASKED and state not in ENDED | _WAITING_COUNTS_FIRST:
        return NationalStatus.PAYMENT_REQUESTED
    return _BY_STATE[state]


# Which chip a status wears (look.md, "States → chip"; no other pairing).
CHIP = {
    NationalStatus.SUBMITTED: "new",
    NationalStatus.ACCEPTED: "going",
    NationalStatus.NOT_ACCEPTED: "bad",
    NationalStatus.PROCESSING: "going",
    NationalStatus.SUPPLEMENT_REQUESTED: "yours",
    NationalStatus.PAYMENT_REQUESTED: "yours",
    NationalStatus.WITHDRAWN: "idle",
    NationalStatus.STOPPED: "bad",
    NationalStatus.COMPLETED: "done",
    NationalStatus.RETURNED: "done",
}
