"""The portal's WSGI application, which says how long it took: what a visitor waits for in a queue isn't its doing."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from motcua.config.wsgi import application as portal

TOOK = "X-Bench-Ms"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer, with the milliseconds in a header; the body is drawn before it is sent."""
    began = time.perf_counter()
    said: list[Any] = []

    def keep(status: str, headers: list[tuple[str, str]], trouble: Any = None) -> None:
        said[:] = [status, headers]

    answer = portal(environ, keep)
    body = list(answer)
    if hasattr(answer, "close"):
        answer.close()
    start_response(said[0], [*said[1], (TOOK, f"{(time.perf_counter() - began) * 1000:.2f}")])
    return body
