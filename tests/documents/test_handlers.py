"""Uploads on their way in: counted, bounded, never the end of a page."""

import errno
import tempfile
from typing import Any

import pytest
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.test import RequestFactory

from motcua.accounts.models import User
from motcua.documents.handlers import BoundedFile, BoundedUploadHandler
from motcua.documents.services import StorageFull, UploadRefused, take_upload
from tests.documents.files import picture, upload

MB = 1024 * 1024


def received(content: bytes, name: str = "a.jpg") -> BoundedFile:
    request: HttpRequest = RequestFactory().post("/", {"tep": upload(content, name)})
    handlers: list[FileUploadHandler] = [BoundedUploadHandler(request)]
    request.upload_handlers = handlers
    file = request.FILES["tep"]
    assert isinstance(file, BoundedFile)
    return file


def test_a_file_comes_through_whole(an: User) -> None:
    content = picture(size=(3000, 2000), form="PNG")
    file = received(content, "Giấy chứng sinh.png")
    assert (file.size, file.name) == (len(content), "Giấy chứng sinh.png")
    assert take_upload(file, by=an).blob.size == len(content)


def test_forty_megabytes_are_counted_but_not_kept(an: User, settings: Any) -> None:
    file = received(b"\0" * (40 * MB), "IMG_0217.HEIC")
    assert file.size == 40 * MB
    assert file.file is not None
    assert len(file.read()) <= settings.UPLOAD_MAX_BYTES
    with pytest.raises(UploadRefused, match=r"IMG_0217.HEIC nặng 40 MB, quá mức 20 MB"):
        take_upload(file, by=an)


def test_a_full_disk_under_the_upload_is_told_by_the_form(an: User, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, _: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def seek(self, _: int) -> int:
            return 0

        def close(self) -> None:
            return None

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", lambda **_: Full())
    file = received(picture())
    monkeypatch.undo()
    assert file.no_room
    with pytest.raises(StorageFull):
        take_upload(file, by=an)


def test_the_portal_uses_it(settings: Any) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["motcua.documents.handlers.BoundedUploadHandler"]
