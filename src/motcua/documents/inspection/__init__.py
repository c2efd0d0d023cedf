"""Opens strangers' files in a process of its own, so that no picture can take the web server down with it.

One helper per process of ours, started when first needed, kept for the next file, ended after `LIFE` files, after
`SECONDS` on one, or when our process ends. It gets no environment: it knows no database and no keys.
"""

import atexit
import json
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.documents import rules

SECONDS = 20.0  # for one file
STARTING = 60.0  # for the helper itself, on a machine that is busy
LIFE = 500  # files, then a fresh one: decoders leak
WORKER = Path(__file__).with_name("worker.py")


class Unreadable(Exception):
    """The file can't be opened: `reason` and `facts` are those of `rules.refusal`."""

    def __init__(self, reason: str, facts: dict[str, int] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts or {}


@dataclass(frozen=True)
class Inspection:
    """What a file turned out to be.

    Attributes:
        pages: of a PDF; 1 for a picture.
        active: a PDF with scripts, programs to start or embedded files.
        preview: whether one was written; the original will do where not, or one is made when wanted.
        signed: a PDF that may carry signatures; `signatures` tells.
    """

    pages: int
    active: bool
    preview: bool
    signed: bool


class Inspector:
    """Asks the helper; one question at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._helper: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._left = 0

    def detect(self, path: Path) -> tuple[str, str]:
        """The kinds that two detectors name, as MIME types; "" where one knows none."""
        answer = self._ask(ask="detect", path=str(path))
        return answer["magic"], answer["filetype"]

    def inspect(self, path: Path, kind: str, *, thumbnail: Path, preview: Path) -> Inspection:
        """Decode the file; writes the thumbnail, and the preview where the kind or the content wants one at once.

        Raises:
            Unreadable: damaged, encrypted, too many pixels or pages, or more than the helper can bear.
        """
        answer = self._ask(ask="inspect", path=str(path), kind=kind, thumbnail=str(thumbnail), preview=str(preview))
        return Inspection(answer["pages"], answer["active"], preview.exists(), answer["signed"])

    def signatures(self, path: Path, *, roots: list[str], lists: list[Path], now: datetime) -> list[dict[str, Any]]:
        """What the signatures in a PDF are worth: the facts of `signatures.verifying.Found`, in the order of signing.

        Args:
            roots: the certificates to trust, PEM. lists: files of withdrawn certificates.

        Raises:
            Unreadable: as for `inspect`.
        """
        files = [str(file) for file in lists]
        answer = self._ask(ask="signatures", path=str(path), roots=roots, lists=files, now=now.isoformat())
        found: list[dict[str, Any]] = answer["signatures"]
        return found

    def office(self, path: Path) -> str:
        """The kind of an office file (docx, doc, odt, xlsx, xls), as a MIME type.

        Raises:
            Unreadable: as for `inspect`; also where it is none, or carries programs or other files, or fetches some.
        """
        return str(self._ask(ask="office", path=str(path))["kind"])

    def text(self, path: Path) -> str:
        """The words of a PDF's pages.

        Raises:
            Unreadable: as for `inspect`.
        """
        return str(self._ask(ask="text", path=str(path))["text"])

    def render(self, path: Path, kind: str, what: str, out: Path, *, page: int = 1, width: int = 0) -> None:
        """Write the "preview", the "thumbnail" or a "page" of the file.

        Raises:
            Unreadable: as for `inspect`.
        """
        self._ask(ask=what, path=str(path), kind=kind, out=str(out), page=page, width=width)

    def close(self) -> None:
        """End the helper."""
        if self._helper is not None and self._owner == os.getpid():
            self._helper.kill()
            self._helper.wait()
            for pipe in (self._helper.stdin, self._helper.stdout):
                if pipe:
                    pipe.close()
        self._helper = None

    def _ask(self, **request: object) -> dict[str, Any]:
        request |= {"max_pixels": rules.MAX_PIXELS, "max_pages": rules.MAX_PAGES}
        with self._lock:
            helper = self._running()
            try:
                answer = self._exchange(helper, json.dumps(request).encode() + b"\n")
            except (OSError, ValueError, TimeoutError):  # it died of this file, or would not come to an end
                self.close()
                raise Unreadable("too_hard") from None
        if "errno" in answer:
            raise OSError(answer["errno"], os.strerror(answer["errno"]))
        if "refusal" in answer:
            raise Unreadable(answer["refusal"], answer["facts"])
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        """The helper; a new one after a fork, a death, or `LIFE` files."""
        if self._owner != os.getpid():
            self._helper = None
        if self._left <= 0 or (self._helper is not None and self._helper.poll() is not None):
            self.close()
        if self._helper is None:
            self._helper = subprocess.Popen(
                [sys.executable, "-I", str(WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8", "TMPDIR": tempfile.gettempdir()},
                cwd="/",
                bufsize=0,
            )
            self._owner, self._left = os.getpid(), LIFE
            try:
                self._answer(self._helper, STARTING)
            except (OSError, ValueError, TimeoutError) as trouble:
                self.close()
                raise RuntimeError(f"{WORKER} does not start: a library is missing?") from trouble
        self._left -= 1
        return self._helper

    def _exchange(self, helper: subprocess.Popen[bytes], line: bytes) -> dict[str, Any]:
        assert helper.stdin
        helper.stdin.write(line)
        return self._answer(helper, self.seconds)

    def _answer(self, helper: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
        assert helper.stdout
        answer, until = b"", time.monotonic() + seconds
        while not answer.endswith(b"\n"):
            ready, _, _ = select.select([helper.stdout], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            part = os.read(helper.stdout.fileno(), 65536)
            if not part:
                raise BrokenPipeError
            answer += part
        found = json.loads(answer)
        assert isinstance(found, dict)
        return found


inspector = Inspector()
atexit.register(inspector.close)
