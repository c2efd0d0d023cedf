"""The key that every page of a draft carries, so that what was typed on it can be saved when the session has ended.

It opens one draft, or one supplement's working copy, of one person for saving, nothing else: it shows nothing, hands
nothing in, deletes nothing; it ends a day after the page was made, when the draft or the supplement is handed in, and
when the person changes the password (docs/decisions/0012-a-form-outlives-its-session.md).
"""

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.accounts.models import User
from motcua.dossiers.models import AT_COUNTER, Dossier, State

SALT = "motcua.dossiers.page_keys"
GOOD_FOR = 24 * 3600  # seconds


def key_of(dossier: Dossier) -> str:
    """A fresh key for a page of this draft; its holder is the draft's own user."""
    return signing.dumps([dossier.ref, dossier.user_id, _lock(dossier.user), dossier.state], salt=SALT)


def is_of(user: User, ref: str, key: str) -> bool:
    """Whether this key came with a page of this draft, made for this account; asks no database."""
    its_ref, user_id, lock, _ = _read(key)
    return its_ref == ref and user_id == user.pk and constant_time_compare(lock, _lock(user))


def draft_behind(ref: str, key: str, state: State = State.DRAFT) -> Dossier | None:
    """The dossier that this key lets save, or None: a wrong, old or foreign key, or it has left this state."""
    its_ref, user_id, lock, made_in = _read(key)
    if its_ref != ref or made_in != state:  # a page of the draft doesn't open the supplement
        return None
    draft = (
        Dossier.objects.select_related("user", "agency", "procedure_version__procedure", "offering_version__form")
        .filter(ref=ref, user=user_id, user__is_active=True, state=state)
        .exclude(AT_COUNTER)
        .defer("offering_version__form__definition")
        .first()
    )
    return draft if draft and constant_time_compare(lock, _lock(draft.user)) else None


def _read(key: str) -> tuple[str, int, str, str]:
    """Draft, account, lock and state in a key; blanks for one that isn't good."""
    try:
        ref, user_id, lock, state = signing.loads(key, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return "", 0, "", ""
    return ref, user_id, lock, state


def _lock(user: User) -> str:
    """Changes with the password, and tells nothing of it."""
    return salted_hmac(SALT, user.password).hexdigest()[:20]
