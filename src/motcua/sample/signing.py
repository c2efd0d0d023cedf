"""A stand-in for the software with which people sign PDFs: test certificates to download, and a page that signs."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit
from motcua.documents.responses import disposition
from motcua.documents.rules import check_size
from motcua.documents.signatures.authority import PASSWORD, UNTIL, DemoAuthority, Subject
from motcua.documents.signatures.keys import KeyFile, authority
from motcua.sample import people
from motcua.web.components.doors import sample_only
from motcua.web.components.forms import PortalForm
from motcua.web.components.visitor import visitor_key

SIGNS_PER_HOUR = 60  # of one visitor: nobody logs in here, and signing opens a stranger's file
ENDED = datetime(2025, 6, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """Somebody with a test certificate.

    Attributes:
        told: what is special about it.
        known: whether the authority is the one that this portal trusts.
    """

    name: str
    number: str
    told: str = ""
    until: datetime = UNTIL
    known: bool = True

    @property
    def label(self) -> str:
        """As the list of signers says it."""
        return f"{self.name}, {self.told}" if self.told else self.name


def holders() -> list[Holder]:
    """Two people of the sample with good certificates, and two certificates that must be refused."""
    first, second = [(person["full_name"], person["personal_number"]) for person in people.citizens()[:2]]
    return [
        Holder(*first),
        Holder(*second),
        Holder(*first, told="chứng thư đã hết hạn", until=ENDED),
        Holder(*first, told="chứng thư của nơi không được công nhận", known=False),
    ]


class SignForm(PortalForm):
    """Which file, by whom."""

    tep = forms.FileField(label="Tệp PDF cần ký", error_messages={"required": "Chọn tệp PDF cần ký"})
    nguoi = forms.TypedChoiceField(
        label="Ký bằng chứng thư của",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn người ký"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["nguoi"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(place, holder.label) for place, holder in enumerate(holders())]


@sample_only
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Choose a file and a signer; the signed file comes back."""
    form = SignForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["tep"]
        try:
            check_size(file.size, settings.UPLOAD_MAX_BYTES, file.name)
            if not hit("sample.sign", visitor_key(request), limit=SIGNS_PER_HOUR, seconds=3600):
                raise BusinessError("Từ máy này đã ký thử quá nhiều lần. Xin thử lại sau một giờ.")
            return _download(signed(file.read(), form.cleaned_data["nguoi"]), f"da-ky-{file.name}", "application/pdf")
        except BusinessError as refusal:
            form.add_error("tep", str(refusal))
    context = {
        "crumbs": [("Trang chủ", "/"), ("Bản mẫu", "/ban-mau/"), ("Ký số thử", "")],
        "form": form,
        "holders": list(enumerate(holders(), 1)),
        "password": PASSWORD,
    }
    return render(request, "sample/signing.html", context, status=422 if form.errors else 200)


def signed(content: bytes, place: int) -> bytes:
    """The PDF with the signature of the holder at this place of `holders`.

    Raises:
        NotSignable: it is no PDF.
    """
    return _signed(content, _key(place))


def signed_as(name: str, number: str, content: bytes) -> bytes:
    """The PDF with the signature of a person who has a good test certificate.

    Raises:
        NotSignable: it is no PDF.
    """
    return _signed(content, authority().file_of(f"nguoi.{number}", Subject(name, f"CCCD:{number}")).read_bytes())


def _signed(content: bytes, key: bytes) -> bytes:
    from motcua.documents.signatures.signing import sign  # a quarter of a second, for those who sign

    with tempfile.TemporaryDirectory(prefix="motcua-sample-") as folder:
        path = Path(folder) / "key.p12"
        path.write_bytes(key)
        return sign(content, KeyFile(path, PASSWORD), reason="Ký số tờ khai")


@sample_only
@require_safe
def certificate(request: HttpRequest, place: int) -> HttpResponse:
    """A holder's key and certificate (PKCS#12), for signing with a program of one's own."""
    if not 1 <= place <= len(holders()):
        raise Http404
    return _download(_key(place - 1), f"chung-thu-thu-{place}.p12", "application/x-pkcs12")


def _key(place: int) -> bytes:
    holder = holders()[place]
    subject = Subject(holder.name, f"CCCD:{holder.number}")
    issuer = authority() if holder.known else DemoAuthority(authority().folder / "stranger")
    if holder.until == UNTIL:
        return issuer.file_of(f"nguoi.{holder.number}", subject).read_bytes()
    return issuer.issue(subject, until=holder.until)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = disposition(name, download=True)
    return response
