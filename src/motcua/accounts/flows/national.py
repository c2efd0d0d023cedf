"""Log in through the National portal: there and back, and the person is in; it needs no second code of ours."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from motcua.accounts import services
from motcua.accounts.flows.login import let_in
from motcua.accounts.flows.pending import PREFIX
from motcua.accounts.models import User
from motcua.accounts.national import claims, client, waiting
from motcua.accounts.national.claims import NationalOrganisation
from motcua.accounts.national.errors import Ended, NationalTrouble, OtherPerson, Untrusted
from motcua.accounts.national.provider import provider
from motcua.accounts.national.tokens import LEEWAY
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit

PURPOSE = "login"
STARTS_PER_HOUR = 120  # from one visitor; a ward's own computers serve many people
# In the session of who has come in this way: when, and for whom if not for themselves. Another login ends both.
CAME_KEY = f"{PREFIX}national_came"
ORGANISATION_KEY = f"{PREFIX}national_organisation"
LATELY_SECONDS = 10 * 60


@dataclass(frozen=True)
class Welcome:
    """Who has come in, where they were on the way to, and what this coming has done."""

    user: User
    next: str
    opened: bool
    linked: bool


def begin(request: HttpRequest, *, visitor: str, next_url: str, linking: bool = False) -> str:
    """The address at the National portal to send the browser to.

    Args:
        linking: somebody who is logged in wants the two accounts linked, or proves again who they are; they log in
            there anew, and to nobody else's account.

    Raises:
        NationalTrouble: not configured, or no answer.
        BusinessError: started too often.
    """
    if not hit("national.start", visitor, limit=STARTS_PER_HOUR, seconds=3600):
        raise BusinessError("Từ máy này đã có quá nhiều lượt đăng nhập. Xin thử lại sau một giờ")
    ours = settings.NATIONAL
    levels = tuple(reversed(ours["levels"]))
    wanted = client.Request(PURPOSE, ours["scope"], levels=levels, prompt="login" if linking else "")
    here = request.user.pk if linking else None
    return client.begin(request.session, wanted, next=next_url, here=here)


def finish(request: HttpRequest, returned: Mapping[str, str]) -> Welcome:
    """Take what the person came back with, and let them in.

    Raises:
        NationalTrouble: any; nothing was changed, nobody was let in.
    """
    try:
        answer = client.finish(request.session, PURPOSE, returned)
        person = claims.person(answer.claims, settings.NATIONAL["claims"], settings.NATIONAL["levels"])
        here = _who_set_out(request, answer.kept["here"])
        if here is not None:
            _check_anew(answer)
        arrival = services.come_in(person, here=here)
    except (OtherPerson, Untrusted):
        services.record_refusal(None, "national")
        raise
    let_in(request, arrival.user, way="national")
    request.session[CAME_KEY] = timezone.now().timestamp()
    _remember(request.session, person.organisation)
    return Welcome(arrival.user, str(answer.kept["next"]), arrival.opened, arrival.linked)


def wanted_next(session: SessionBase, state: str) -> str:
    """Where the person was on the way to when they set out, so that a trouble doesn't lose it; "" if that is gone."""
    try:
        return str(waiting.look(session, state).get("next", ""))
    except NationalTrouble:
        return ""


def goes_to(session: SessionBase, state: str) -> str:
    """The path that takes this return; "" if it is a login.

    Raises:
        Ended: nobody set out from here with this.
    """
    found = waiting.look(session, state)
    return "" if found["purpose"] == PURPOSE else str(found["return_path"])


def proved_lately(session: SessionBase) -> bool:
    """Whether the person has come through the National portal just now: as good as a password typed again."""
    return timezone.now().timestamp() - float(session.get(CAME_KEY, 0)) < LATELY_SECONDS


def stands_for(session: SessionBase) -> NationalOrganisation | None:
    """The organisation that this person has come for; None: they are here for themselves.

    It holds until they log out or in again, not longer: who leaves an organisation loses its account there, and so
    comes in here for themselves the next time.
    """
    found = session.get(ORGANISATION_KEY)
    return NationalOrganisation(**found) if found else None


def _remember(session: SessionBase, organisation: NationalOrganisation | None) -> None:
    if organisation is None:
        session.pop(ORGANISATION_KEY, None)
    else:
        session[ORGANISATION_KEY] = asdict(organisation)


def end_of_session(session: SessionBase) -> str:
    """Where to log out at the National portal, for who came in through it; "" for others, or if that isn't known."""
    if not session.get(CAME_KEY):
        return ""
    try:
        return provider().end_session
    except NationalTrouble:
        return ""


def _check_anew(answer: client.Answer) -> None:
    """Whoever links, or proves again who they are, was to log in there anew. Where the portal says when, we look.

    Raises:
        Untrusted: it was before they set out; somebody else may sit at their screen now.
    """
    said = answer.claims.get("auth_time")
    if isinstance(said, int | float) and said < answer.kept["at"] - LEEWAY:
        raise Untrusted


def _who_set_out(request: HttpRequest, pk: int | None) -> User | None:
    """
    Raises:
        Ended: it was to link an account, and its owner has logged out since.
    """
    if pk is None:
        return None
    if not isinstance(request.user, User) or request.user.pk != pk:
        raise Ended
    return request.user
