"""What this room needs on the machine, checked at every start."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from motcua.documents.pdf import fonts_dir, missing_faces


@register()
def faces_are_there(**_: Any) -> list[CheckMessage]:
    """Without the faces no receipt and no result can be made; everything else works."""
    missing = missing_faces()
    if not missing:
        return []
    return [
        Warning(
            f"{fonts_dir()}: {', '.join(missing)} missing: no PDF can be made.",
            hint="Run `make assets`.",
            id="documents.W001",
        )
    ]
