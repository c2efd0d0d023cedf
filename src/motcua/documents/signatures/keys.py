"""Which key signs for whom. The family has three members, by `MOTCUA_SIGNING`:

demo: the demo authority makes what is missing; local starts only.
folder: PKCS#12 files that the operator laid into `MOTCUA_KEYS_DIR`, all with `MOTCUA_KEYS_PASSWORD`.
none: nothing is signed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from motcua.accounts.models import User
from motcua.documents.signatures import NoKey
from motcua.documents.signatures.authority import PASSWORD, DemoAuthority, Subject, file_name


@dataclass(frozen=True)
class KeyFile:
    """A PKCS#12 file and what opens it."""

    path: Path
    password: str


def authority() -> DemoAuthority:
    """The demo authority of this installation."""
    return DemoAuthority(Path(settings.KEYS_DIR))


def signs() -> bool:
    """Whether what this portal gives out is signed at all."""
    return bool(settings.SIGNING != "none")


def key_of_seal(agency_name: str) -> KeyFile:
    """The key of an agency's seal (chữ ký số của cơ quan): `con-dau.<its name in plain letters>.p12`.

    Raises:
        NoKey: the operator has laid down none.
    """
    return _key(_seal_id(agency_name), Subject(agency_name), agency_name)


def key_of_person(signer: User, *, title: str, organization: str) -> KeyFile:
    """The key of an officer who signs (chữ ký số của người có thẩm quyền): `chu-ky.<login name>.p12`.

    Raises:
        NoKey: the operator has laid down none.
    """
    subject = Subject(signer.full_name, organization=organization, title=title)
    return _key(_person_id(signer), subject, signer.full_name)


def absent(agency_names: Iterable[str], signers: Iterable[User]) -> list[str]:
    """The names of the key files that these seals and officers need and that the operator has not laid down."""
    if settings.SIGNING == "demo":
        return []
    wanted = [_seal_id(name) for name in agency_names] + [_person_id(signer) for signer in signers]
    return sorted({_path(key_id).name for key_id in wanted if not _path(key_id).is_file()})


def open_to_others() -> list[str]:
    """The names of the key files, and of the folder itself, that other users of the machine may read or replace."""
    folder = Path(settings.KEYS_DIR)
    if not folder.is_dir():
        return []
    loose = [path.name for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_mode & 0o077]
    if not folder.stat().st_mode & 0o077:  # nobody else comes as far as the files
        loose = []
    return loose + ([f"{folder.name}/"] if folder.stat().st_mode & 0o022 else [])


def shared(agency_names: Iterable[str], signers: Iterable[User]) -> list[str]:
    """The key files that two of them would sign with, because their names in plain letters are the same."""
    wanted = [_seal_id(name) for name in agency_names] + [_person_id(signer) for signer in signers]
    counted = Counter(_path(key_id).name for key_id in dict.fromkeys(wanted))
    return sorted(name for name, times in counted.items() if times > 1)


def _seal_id(agency_name: str) -> str:
    return f"con-dau.{agency_name}"


def _person_id(signer: User) -> str:
    return f"chu-ky.{signer.handle}"


def _path(key_id: str) -> Path:
    return Path(settings.KEYS_DIR) / f"{file_name(key_id)}.p12"


def _key(key_id: str, subject: Subject, name: str) -> KeyFile:
    if settings.SIGNING == "demo":
        return KeyFile(authority().file_of(key_id, subject), PASSWORD)
    path = _path(key_id)
    if not path.is_file():
        raise NoKey(f"Chưa có chứng thư số của {name} trên hệ thống nên chưa ký được. Xin báo quản trị hệ thống.")
    return KeyFile(path, settings.KEYS_PASSWORD)


def trusted_roots() -> list[str]:
    """The certificates (PEM) whose signatures count: those in `MOTCUA_TRUST_DIR`, and the demo authority's own."""
    found = [path.read_text() for path in sorted(Path(settings.TRUST_DIR).glob("*.pem"))]
    return [*found, _demo_root(Path(settings.KEYS_DIR))] if settings.SIGNING == "demo" else found


@lru_cache(maxsize=4)
def _demo_root(folder: Path) -> str:
    return DemoAuthority(folder).root.decode()


def revocation_lists() -> list[Path]:
    """The lists of withdrawn certificates (*.crl, DER) that lie beside the roots."""
    return sorted(Path(settings.TRUST_DIR).glob("*.crl"))
