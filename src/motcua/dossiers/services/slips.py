"""The slips that tell a person why (mẫu 02 to 05). Each is made once, by a job, outside any lock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from procrastinate.contrib.django import app

from motcua.documents.services import make_signed_pdf, store_generated
from motcua.dossiers.models import Apology, Refusal, SupplementRequest
from motcua.dossiers.queries import endings, supplements
from motcua.dossiers.services.acting import lock, prove

MAKE_REFUSAL = "dossiers.make_refusal_slip"
MAKE_APOLOGY = "dossiers.make_apology_slip"
MAKE_SUPPLEMENT = "dossiers.make_supplement_slip"
QUEUE = "documents"
S = TypeVar("S", Refusal, Apology, SupplementRequest)
NAMES = {
    Refusal.Stage.RECEPTION: ("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "phieu-tu-choi"),
    Refusal.Stage.PROCESSING: ("Phiếu từ chối giải quyết hồ sơ", "phieu-tu-choi"),
    Refusal.Stage.STOPPED: ("Thông báo dừng giải quyết hồ sơ", "thong-bao-dung"),
}


@dataclass(frozen=True)
class _Slip(Generic[S]):
    model: type[S]
    template: str
    values: Callable[[S], Mapping[str, Any]]
    name: str
    file: str


def have_made(job: str, **row: int) -> None:
    """Have a slip made right after the act around this: one of the jobs above, with the id of its row."""
    app.configure_task(job, queue=QUEUE).defer(**row)


def make_refusal_slip(refusal_id: int) -> None:
    """Make the slip of a refusal that was decided on (mẫu 03, or 05 where the work was stopped); safe to run twice."""
    stage = Refusal.Stage(Refusal.objects.values_list("stage", flat=True).get(pk=refusal_id))
    name, file = NAMES[stage]
    _make(_Slip(Refusal, "slip-refusal", endings.refusal_values, name, file), refusal_id)


def make_apology_slip(apology_id: int) -> None:
    """Make the letter of apology (mẫu 04); safe to run twice."""
    name = "Xin lỗi và đề nghị gia hạn thời gian giải quyết hồ sơ"
    _make(_Slip(Apology, "slip-apology", endings.apology_values, name, "thu-xin-loi"), apology_id)


def make_supplement_slip(request_id: int) -> None:
    """Make the slip of a request for a supplement (mẫu 02); safe to run twice."""
    name = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    _make(_Slip(SupplementRequest, "slip-supplement", supplements.slip_values, name, "phieu-bo-sung"), request_id)


def _make(slip: _Slip[S], pk: int) -> None:
    """The file is made outside any lock; who comes second finds a slip and leaves it."""
    row = slip.model.objects.select_related("dossier__agency__place", "dossier__procedure_version").get(pk=pk)
    if row.slip_id is not None:
        return
    number = row.dossier.code or row.dossier.ref
    content = make_signed_pdf(
        slip.template, slip.values(row), title=f"{slip.name} {number}", agency_name=row.dossier.agency.name
    )
    with transaction.atomic():
        dossier = lock(row.dossier)
        row = slip.model.objects.get(pk=pk)
        if row.slip_id is not None:
            return
        row.slip = store_generated(content, f"{slip.file}-{number}.pdf", owner=dossier.user)
        row.save(update_fields=["slip"])
        prove("dossier.slip_made", dossier, None, slip=slip.template, document=row.slip.pk)
