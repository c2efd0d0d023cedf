"""A supplement, asked for and answered: what tests of both sides begin with."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from motcua.dossiers.models import Dossier, State, SupplementFile
from motcua.dossiers.rules.supplements import Wanted
from motcua.dossiers.services import supplementing, supplements
from tests.cast import an, chi, dung
from tests.documents import files
from tests.dossiers.stages import fresh, taken_up

MOTHER = Wanted("answer", "mother_name", "Tên mẹ thiếu chữ đệm so với Giấy chứng sinh")
NOTICE = Wanted("paper", "chung-sinh", "Ảnh mờ, không đọc được số giấy")
WHY = {"reason": "Hồ sơ chưa khớp với Giấy chứng sinh", "ground": "Nghị định số 118/2025/NĐ-CP"}


def asked(dossier: Dossier | None = None, *wanted: Wanted) -> Dossier:
    """A dossier that was sent back for this; by the desk or the registrar, whoever has it."""
    dossier = dossier or taken_up()
    by = chi() if dossier.state == State.SUBMITTED else dung()
    supplements.ask(dossier, wanted or (MOTHER, NOTICE), by=by, **WHY)
    return fresh(dossier)


def picture(name: str = "chung-sinh-moi.jpg") -> SimpleUploadedFile:
    """A photograph as it is uploaded."""
    return files.upload(files.picture(), name)


def type_(dossier: Dossier, posted: str, **more: Any) -> supplementing.Saved:
    """Answers as a page posts them."""
    return supplementing.save_answers(dossier, QueryDict(posted), by=an(), **more)


def renew(dossier: Dossier) -> None:
    """A new photograph in the place of the old one."""
    supplementing.attach(dossier, "chung-sinh", picture(), by=an())
    old = SupplementFile.objects.filter(which="new").order_by("position").first()
    assert old is not None
    supplementing.detach(dossier, old.pk, by=an())
