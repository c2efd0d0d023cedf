"""Papers scanned at the counter: taken one by one, a refusal stands beside its paper and touches no other file."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from motcua.core.errors import BusinessError, Conflict
from motcua.documents.rules import megabytes
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import counter as reads
from motcua.dossiers.services.drafts import attach
from motcua.web.components.doors import OfficerRequest

UPLOAD = "tai"
MOST_AT_ONCE = 20  # files in one post; a thousand tiny ones would keep a worker busy
Refusals = Mapping[str, Sequence[str]]


def take_scans(request: OfficerRequest, draft: Dossier) -> dict[str, list[str]]:
    """Take every file that came; what was refused, by paper.

    Raises:
        Conflict: the case was received or discarded meanwhile.
    """
    refusals: dict[str, list[str]] = {}
    files = [
        (name.removeprefix("tep-"), file)
        for name, sent in request.FILES.lists()
        if name.startswith("tep-")
        for file in sent
    ]
    for number, (key, file) in enumerate(files):
        try:
            if number >= MOST_AT_ONCE:
                raise BusinessError(f"Mỗi lần nhận {MOST_AT_ONCE} tệp. Xin chọn lại {file.name}.")
            attach(draft, key, file, by=request.user)
        except Conflict:
            raise
        except BusinessError as refusal:
            refusals.setdefault(key, []).append(str(refusal))
    return refusals


def card_of(request: OfficerRequest, draft: Dossier, key: str, refusals: Refusals) -> HttpResponse:
    """The scans of one paper anew, for the page's script."""
    paper = next((one for one in reads.papers(draft) if one.key == key), None)
    context = {
        "draft": draft, "paper": paper, "refusals": refusals.get(key, ()), "fresh": True,
        "upload_limit": megabytes(settings.UPLOAD_MAX_BYTES),
    }  # fmt: skip
    return render(request, "desk/counter/_scans_alone.html", context, status=422 if refusals else 200)
