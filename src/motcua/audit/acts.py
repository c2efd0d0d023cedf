"""Every act that is recorded, with its sentence in Vietnamese. A public service whose act isn't here fails a test.

The name is `<what it is done to>.<what was done>`. A sentence may use the keys that the act puts into `data`;
a key that an older event doesn't have reads as "…".
"""

ACTS: dict[str, str] = {
    # accounts
    "account.opened": "Mở tài khoản",
    "account.registered": "Đăng ký tài khoản",
    "account.opened_by_national": "Mở tài khoản theo thông tin của Cổng Dịch vụ công Quốc gia",
    "account.national_linked": "Liên kết với tài khoản ở Cổng Dịch vụ công Quốc gia",
    "account.keys_renewed": "Bỏ mật khẩu và địa chỉ liên hệ chưa được chứng minh là của người này",
    "account.assurance_raised": "Nâng mức độ bảo đảm của tài khoản từ {before} lên {after}",
    "account.complained": "Khiếu nại {complaint} về tài khoản",
    "account.complaint_viewed": "Xem khiếu nại {complaint} về tài khoản",
    "account.complaint_answered": "Trả lời khiếu nại {complaint} về tài khoản",
    "account.notices_chosen": "Chọn cách nhận tin: {ways}",
    "account.zalo_linked": "Liên kết Zalo",
    "account.zalo_unlinked": "Bỏ liên kết Zalo",
    "account.closed": "Khóa tài khoản",
    "account.reopened": "Mở khóa tài khoản",
    "account.changed": "Thay đổi thông tin tài khoản",
    "account.phone_verified": "Xác nhận số điện thoại",
    "account.email_verified": "Xác nhận địa chỉ thư điện tử",
    "account.corrected_at_counter": "Sửa thông tin liên hệ tại quầy, sau khi xem thẻ căn cước",
    "account.looked_up": "Tra số định danh tại quầy, xem tên và cách liên hệ",
    "account.contact_changed": "Thay đổi thông tin liên hệ",
    "account.password_changed": "Đổi mật khẩu",
    "account.password_reset": "Đặt lại mật khẩu",
    "account.code_sent": "Gửi mã xác nhận",
    "account.code_refused": "Nhập sai mã xác nhận",
    "account.logged_in": "Đăng nhập",
    "account.login_refused": "Đăng nhập không thành công",
    "account.logged_out": "Đăng xuất",
    "account.authenticator_set": "Cài đặt ứng dụng xác thực",
    "officer.opened": "Mở tài khoản cán bộ",
    # what is said around the services
    "outage.announced": "Thông báo tạm ngừng",
    "outage.changed": "Thay đổi thông báo tạm ngừng",
    "outage.ended": "Kết thúc hoặc hủy việc tạm ngừng",
    "figures.closed": "Chốt và công bố số liệu tháng {month}",
    # places, agencies, offerings
    "places.loaded": "Nạp danh mục đơn vị hành chính",
    "place.added": "Thêm đơn vị hành chính",
    "agency.opened": "Thêm cơ quan",
    "agency.changed": "Thay đổi thông tin cơ quan",
    "department.opened": "Thêm đơn vị thuộc cơ quan",
    "post.given": "Phân công vị trí công tác",
    "post.taken": "Thôi phân công vị trí công tác",
    "calendar.set": "Thay đổi lịch làm việc",
    "offering.published": "Công bố dịch vụ công trực tuyến",
    "offering.closed": "Ngừng tiếp nhận một dịch vụ công",
    "offering.opened": "Tiếp nhận lại một dịch vụ công",
    # procedures, forms, files
    "procedure.published": "Công bố thủ tục hành chính",
    "catalogue.fields_set": "Cập nhật danh mục lĩnh vực",
    "catalogue.life_events_set": "Cập nhật danh mục việc trong đời",
    "catalogue.fee_reliefs_set": "Cập nhật miễn, giảm phí, lệ phí",
    "eform.published": "Công bố biểu mẫu điện tử",
    "document.uploaded": "Tải tệp lên",
    "document.generated": "Tạo tệp",
    "document.discarded": "Xóa tệp",
    "document.viewed": "Xem tệp",
    # dossiers, the person's side
    "dossier.started": "Bắt đầu khai hồ sơ",
    "dossier.person_saved": "Lưu thông tin người nộp hoặc chủ hồ sơ",
    "dossier.answers_saved": "Lưu tờ khai",
    "dossier.delivery_saved": "Lưu cách nộp và nhận kết quả",
    "dossier.paper_attached": "Đính kèm giấy tờ",
    "dossier.paper_detached": "Bỏ giấy tờ đã đính kèm",
    "dossier.call_noted": "Ghi cuộc gọi lúc {call_at}",
    "dossier.discarded": "Xóa bản nháp hồ sơ",
    "dossier.confirmed": "Xác nhận tờ khai, mã nội dung {digest}",
    "dossier.submitted": "Nộp hồ sơ",
    "dossier.number_sent": "Gửi lại mã nộp hồ sơ",
    "dossier.begun_again": "Bắt đầu hồ sơ mới từ hồ sơ cũ",
    "dossier.withdrawn": "Rút hồ sơ",
    "dossier.draft_confirmed": "Đồng ý với bản nháp kết quả",
    "dossier.draft_objected": "Đề nghị sửa bản nháp kết quả",
    "dossier.draft_silent": "Hết thời hạn xem bản nháp, coi như đồng ý",
    "dossier.result_taken_online": "Tải kết quả điện tử",
    # dossiers, the desk's side
    "dossier.viewed": "Xem hồ sơ",
    "dossier.started_at_counter": "Bắt đầu nhập hồ sơ tại quầy cho người nộp",
    "dossier.received_at_counter": "Nhận hồ sơ tại quầy, người nộp có mặt",
    "dossier.accepted": "Tiếp nhận hồ sơ",
    "dossier.declined": "Không tiếp nhận hồ sơ",
    "dossier.receipt_made": "Lập giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "dossier.taken_up": "Nhận thụ lý hồ sơ",
    "dossier.paper_judged": "Kiểm tra giấy tờ",
    "dossier.draft_sent": "Gửi bản nháp kết quả cho người nộp",
    "dossier.supplement_requested": "Yêu cầu bổ sung hồ sơ",
    "dossier.supplemented": "Bổ sung hồ sơ",
    "dossier.supplement_file_added": "Thêm tệp bổ sung",
    "dossier.supplement_file_left_out": "Bỏ tệp khi bổ sung",
    "dossier.supplement_expired": "Hết hạn bổ sung hồ sơ",
    "dossier.supplement_ended": "Thôi chờ bổ sung hồ sơ",
    "dossier.proposed": "Trình ký",
    "dossier.approved": "Phê duyệt, ký kết quả",
    "dossier.sent_back": "Trả lại để xử lý tiếp",
    "dossier.refusal_proposed": "Trình từ chối giải quyết hồ sơ",
    "dossier.refused": "Ký từ chối giải quyết hồ sơ",
    "dossier.stopped": "Dừng giải quyết hồ sơ",
    "dossier.apologised": "Xin lỗi vì chậm, hẹn lại ngày trả kết quả",
    "dossier.slip_made": "Lập phiếu, thông báo gửi người nộp",
    "dossier.issued": "Vào sổ, ban hành kết quả",
    "dossier.handed_over": "Trả kết quả tại quầy",
    "dossier.result_emailed": "Gửi kết quả qua thư điện tử",
    "dossier.post_ordered": "Đặt gửi kết quả qua bưu chính, phiếu gửi {parcel}",
    "dossier.posted": "Giao kết quả cho bưu chính, mã bưu gửi {item_code}",
    "dossier.post_delivered": "Bưu chính phát kết quả, phiếu gửi {parcel}",
    "dossier.post_failed": "Bưu chính chưa phát được, lần {attempt}, phiếu gửi {parcel}",
    "dossier.post_returned": "Bưu chính chuyển hoàn hoặc báo thất lạc, phiếu gửi {parcel}",
    "dossier.post_cancelled": "Hủy phiếu gửi {parcel}",
    "dossier.post_cash_differs": "Bưu chính thu {amount} đồng, phải thu {due} đồng, phiếu gửi {parcel}",
    "dossier.postman_called": "Yêu cầu bưu chính đến lấy giấy tờ, phiếu gửi {parcel}",
    "dossier.papers_arrived": "Nhận giấy tờ qua bưu chính, phiếu gửi {parcel}",
    "dossier.receiving_chosen": "Chọn lại cách nhận kết quả",
    "dossier.fee_changed": "Phí, lệ phí thay đổi từ {before} thành {amount} đồng",
    "dossier.fee_paid": "Nhận {amount} đồng phí, lệ phí",
    "dossier.fee_surplus": "Nhận {amount} đồng không phải nộp",
    "dossier.fee_refund_asked": "Yêu cầu hoàn {amount} đồng",
    "dossier.fee_refunded": "Hoàn {amount} đồng",
    "dossier.looked_up": "Tra cứu hồ sơ",
    # money
    "order.opened": "Yêu cầu nộp {amount} đồng",
    "order.cancelled": "Hủy khoản phải nộp",
    "payment.started": "Bắt đầu nộp trực tuyến",
    "payment.booked": "Ghi nhận {amount} đồng đã nộp",
    "payment.not_made": "Giao dịch trực tuyến không thành công",
    "payment.refund_asked": "Hoàn {amount} đồng, lý do: {reason}",
    "payment.refunded": "Đã hoàn {amount} đồng",
    "payment.refund_failed": "Không hoàn được {amount} đồng",
    "fee_receipt.issued": "Lập biên lai số {number}",
    "payee.set": "Thay đổi tài khoản thụ hưởng",
    # the house itself
    "messages.sent_again": "Gửi lại {count} tin nhắn, thư chưa gửi được",
    "sample.loaded": "Nạp dữ liệu mẫu",
    "sample.reset": "Đặt lại dữ liệu mẫu",
    # parcels
    "parcel.ordered": "Yêu cầu bưu chính chuyển, cước {postage_due} đồng, thu hộ {fee_due} đồng",
    "parcel.placed": "Bưu chính nhận lệnh gửi, mã bưu gửi {item_code}",
    "parcel.refused": "Bưu chính không nhận lệnh gửi: {trouble}",
    "parcel.handed_over": "Giao cho nhân viên bưu chính, mã bưu gửi {item_code}",
    "parcel.cancel_wanted": "Yêu cầu hủy lệnh gửi bưu chính: {reason}",
    "parcel.cancel_refused": "Bưu chính không hủy lệnh gửi: {trouble}",
    "parcel.followed": "Bưu chính báo về bưu gửi {item_code}: {what}",
    "parcel.collected": "Nhân viên bưu chính nhận giấy tờ tại nhà, mã bưu gửi {item_code}",
    "parcel.arrived": "Cơ quan nhận bưu gửi {item_code}",
    "parcel.remitted": "Bưu chính chuyển tiền thu hộ {amount} đồng, chứng từ {reference}",
    "postage.set": "Cập nhật bảng giá cước bưu chính",
}


class _Known(dict[str, object]):
    """Reads a missing key as an ellipsis, so that an old event never breaks the page that shows it."""

    def __missing__(self, key: str) -> str:
        return "…"


def is_known(act: str) -> bool:
    """Whether this act has a sentence."""
    return act in ACTS


def sentence(act: str, data: dict[str, object]) -> str:
    """What was done, in Vietnamese; an act that is no longer known is shown by its name."""
    return ACTS.get(act, act).format_map(_Known(data))
