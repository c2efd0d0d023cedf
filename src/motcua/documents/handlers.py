"""How uploads come in: small ones in memory, others in a temporary file, and never more of one than may be taken."""

import contextlib
import tempfile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from motcua.documents.store import FULL

IN_MEMORY = 1024 * 1024  # bytes


class BoundedFile(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """An uploaded file; `size` is what was sent, even where only the part up to the limit was kept.

    `no_room`: the machine had no space for it.
    """

    no_room = False

    def close(self) -> None:
        """Close it; the temporary file is gone then."""
        with contextlib.suppress(FileNotFoundError):
            super().close()


class BoundedUploadHandler(FileUploadHandler):
    """Counts what comes and keeps no more than the limit: 2 GB of film cost no disk, and are refused with their size.

    A full disk becomes a refusal that the form can show, too (`services.take_upload`), instead of a broken page.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new part of the form begins."""
        super().new_file(*args, **kwargs)
        self.received = 0
        self.no_room = False
        self.kept: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the view closes it)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the part, unless it is over the limit or there is no room."""
        self.received += len(raw_data)
        if self.no_room or self.received > settings.UPLOAD_MAX_BYTES:
            return
        try:
            self.kept.write(raw_data)
        except OSError as trouble:
            if trouble.errno not in FULL:
                raise
            self.no_room = True

    def file_complete(self, file_size: int) -> BoundedFile:
        """The file as the view gets it."""
        self.kept.seek(0)
        file = BoundedFile(
            file=self.kept,
            name=self.file_name,
            content_type=self.content_type,
            size=self.received,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
        file.no_room = self.no_room
        return file

    def upload_interrupted(self) -> None:
        """The sender hung up."""
        if hasattr(self, "kept"):
            self.kept.close()
