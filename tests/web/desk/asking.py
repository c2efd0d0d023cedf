"""Where an act of the desk lies, and how it is refused."""

from django.urls import reverse

from motcua.dossiers.models import Dossier


def url(name: str, dossier: Dossier) -> str:
    """The page of an act."""
    return reverse(f"desk:{name}", args=[dossier.ref])


def refused(answer: object, *words: str) -> str:
    """The page says why not, in these words; returns all of it."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert 'role="alert"' in html
    assert "data-error-summary" in html
    for word in words:
        assert word in html, word
    return str(html)
