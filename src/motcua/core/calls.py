"""One question to another system over HTTP, and the JSON object that it answers with. Never inside a transaction."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

LARGEST = 100_000  # bytes of an answer, unless a caller expects more
MENDED_SOMETIME = {401, 403, 408, 429}  # our key is wrong (somebody will mend the settings), slow, too often


class NoAnswer(Exception):
    """No object came back. The text is what the other side did, without addresses or content: "answered 503".

    Attributes:
        status: of HTTP; 0: nobody was reached, or what came was no object.
    """

    def __init__(self, text: str, status: int = 0) -> None:
        super().__init__(text)
        self.status = status

    @property
    def may_come_again(self) -> bool:
        """Whether the same question may be answered later."""
        elsewhere = 300 <= self.status < 400  # a page for the time of repairs, mostly
        return not self.status or elsewhere or self.status >= 500 or self.status in MENDED_SOMETIME


class _StayHere(urllib.request.HTTPRedirectHandler):
    """An API answers at its own address; another one would get our keys, which stand in the headers."""

    def redirect_request(self, *_: Any) -> None:
        """None: the redirect itself is the answer."""


_opener = urllib.request.build_opener(_StayHere)


def post_json(
    url: str, content: Mapping[str, Any], headers: Mapping[str, str] | None = None, *, timeout: float,
    largest: int = LARGEST,
) -> dict[str, Any]:  # fmt: skip
    """The answer to a POST with a JSON body.

    Args:
        url: one of the operator's settings, nothing that people typed.
        timeout: seconds.
        largest: bytes of the answer; what is longer is cut, and so understood by nobody.

    Raises:
        NoAnswer: nobody answered, or no object.
    """
    return post(
        url, json.dumps(content).encode(), {"Content-Type": "application/json", **(headers or {})},
        timeout=timeout, largest=largest,
    )  # fmt: skip


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, timeout: float, largest: int = LARGEST
) -> dict[str, Any]:
    """The answer to a POST with any body; see `post_json`."""
    request = urllib.request.Request(url, data=body, headers=dict(headers))  # noqa: S310 (see `url`)
    try:
        with _opener.open(request, timeout=timeout) as response:
            answer = json.loads(response.read(largest))
    except urllib.error.HTTPError as refusal:
        raise NoAnswer(f"answered {refusal.code}", refusal.code) from None
    except (OSError, ValueError, http.client.HTTPException) as trouble:
        raise NoAnswer(f"was not reached: {type(trouble).__name__}") from None
    if not isinstance(answer, dict):
        raise NoAnswer("answered with no object")
    return answer
