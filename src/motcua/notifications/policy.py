"""What this room must ask somebody above it: whether codes that were sent may stay readable.

Only in a sample. The room that knows the sample answers (`keep_secrets_when`, called in its AppConfig.ready).
"""

from collections.abc import Callable

_questions: list[Callable[[], bool]] = []


def keep_secrets_when(question: Callable[[], bool]) -> None:
    """Let codes stay readable while this says yes."""
    if question not in _questions:
        _questions.append(question)


def secrets_are_kept() -> bool:
    """No, unless somebody said otherwise."""
    return any(question() for question in _questions)
