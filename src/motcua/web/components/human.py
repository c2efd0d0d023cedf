"""“Mã xác nhận”: is there a person behind this form?

With JavaScript the browser works for about a second on a puzzle (altcha's proof of work, solved by altcha's own worker)
and fills the code in by itself. Without, a person who is logged in types a code sent to their phone; an anonymous one
only meets a much tighter rate limit and a trap field. Why: docs/decisions/ on "Mã xác nhận".

In a view: `problem = human.check(request, request.POST)`, and inside the page's form
`{% include "mc/human.html" with problem=problem %}`; or a form that derives from `HumanCheckForm`.
"""

import hashlib
import secrets
import time
from typing import Any

from altcha import Challenge, Payload, create_challenge, verify_solution
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from motcua.accounts.flows import human as typed_code
from motcua.accounts.models import User
from motcua.core.ratelimit import hit
from motcua.web.components.forms import PortalForm
from motcua.web.components.visitor import visitor_key

SOLUTION = "altcha"  # the field that the script fills
TYPED = "ma_xac_nhan"  # the field that a person fills
TRAP = "trang_web_cua_ban"  # the field that only a machine fills
HTML_ID = "ma-xac-nhan"
PASSED_KEY = "human_passed"  # in the session: on which page a typed code was right
PASSED_SECONDS = 600
REFUSAL_KEY = "human_refusal"  # in the session: why no code was sent, shown once
TYPED_KEY = "human_typed"  # in the session: what stood in a form from which a code was asked for, given back once
TYPED_MOST = 8 * 1024  # characters

LIFE_SECONDS = 20 * 60
COST = 2000  # rounds of PBKDF2 for one guess
GUESSES = range(100, 300)  # about a second on an old phone
PLAIN_PER_HOUR = 6  # anonymous forms without a solution, for one visitor
PAYLOAD_MOST = 4096
COME_BACK = "xac_nhan_ve"  # the field that says from which page a code was asked for

MISSING = "Mã xác nhận chưa được điền. Xin chờ vài giây rồi gửi lại, hoặc nhận mã qua tin nhắn ở bên dưới"
MISSING_PLAIN = "Đã tra cứu nhiều lần từ máy này. Xin thử lại sau một giờ, hoặc bật JavaScript trong trình duyệt"
STALE = "Mã xác nhận đã hết hạn hoặc đã dùng. Trang đã có mã mới, xin gửi lại"


def new_challenge() -> dict[str, Any]:
    """A puzzle for one browser, signed, good for 20 minutes and one use."""
    challenge = create_challenge(
        "PBKDF2/SHA-256",
        COST,
        counter=GUESSES.start + secrets.randbelow(len(GUESSES)),
        expires_at=int(time.time()) + LIFE_SECONDS,
        hmac_secret=_secret(),
    )
    found: dict[str, Any] = challenge.to_dict()
    return found


def check(request: HttpRequest, data: QueryDict) -> str | None:
    """What is wrong with “Mã xác nhận” in a posted form, in Vietnamese, or None.

    The very same form posted twice (a double click) gets the same answer twice. Call it outside a transaction.
    """
    if data.get(TRAP):
        return STALE
    once = _fingerprint(request, data)
    solution = data.get(SOLUTION, "")
    if solution:
        return None if _solved(solution, once) else STALE
    user = request.user
    if isinstance(user, User) and not user.is_officer:
        return _check_typed(request, user, data.get(TYPED, "").strip(), once)
    allowed = hit("human.plain", visitor_key(request), limit=PLAIN_PER_HOUR, seconds=3600)
    return None if allowed else MISSING_PLAIN


def keep_typed(request: HttpRequest, path: str) -> None:
    """Keep what was posted along with the wish for a code until the form at `path` is drawn again."""
    typed = request.POST.copy()
    for name in ("csrfmiddlewaretoken", SOLUTION, TYPED, TRAP, COME_BACK):
        typed.pop(name, None)
    body = typed.urlencode()
    request.session[TYPED_KEY] = {"path": path, "body": body if len(body) <= TYPED_MOST else ""}


def typed_before(request: HttpRequest) -> dict[str, str]:
    """What this form held when a code was asked for from it, once: a tick or a name isn't typed twice."""
    kept = request.session.get(TYPED_KEY)
    if not kept or kept["path"] != request.path:
        return {}
    del request.session[TYPED_KEY]
    return QueryDict(kept["body"]).dict()


def state(request: HttpRequest) -> dict[str, Any]:
    """What the template needs: whether a code can be sent to this person, and whether one is on its way."""
    user = request.user
    can_send = isinstance(user, User) and not user.is_officer
    return {
        "solution": SOLUTION,
        "typed": TYPED,
        "trap": TRAP,
        "id": HTML_ID,
        "can_send": can_send,
        "sent": typed_code.underway(request.session) if can_send else None,
        "passed": can_send and _passed_here(request),
        "refusal": request.session.pop(REFUSAL_KEY, "") if can_send else "",
        "come_back": request.path,
    }


class HumanWidget(forms.Widget):
    """Draws mc/human.html and hands the whole posted form to the field."""

    kind = "own"
    template_name = "mc/human.html"
    request: HttpRequest | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {"request": self.request, "problem": context["widget"]["attrs"].get("problem", "")}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data


class HumanCheckField(forms.Field):
    """“Mã xác nhận” as a field of a form; its value is True or a message."""

    widget = HumanWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Mã xác nhận", **kwargs)


class HumanCheckForm(PortalForm):
    """A form with “Mã xác nhận” at its end: `HumanCheckForm(request.POST or None, request=request)`.

    Unbound, it holds what stood in it when the person asked for a code from it.
    """

    ma_xac_nhan = HumanCheckField()

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if not self.is_bound:
            given = {name: value for name, value in self.initial.items() if value}
            self.initial = typed_before(request) | given
        field = self.fields[TYPED]
        field.widget.request = request
        self.order_fields([name for name in self.fields if name != TYPED] + [TYPED])

    def clean_ma_xac_nhan(self) -> bool:
        """
        Raises:
            ValidationError: see `check`.
        """
        problem = check(self.request, self.cleaned_data[TYPED])
        self.fields[TYPED].widget.attrs["problem"] = problem or ""
        if problem:
            raise ValidationError(problem)
        return True


def _check_typed(request: HttpRequest, user: User, typed: str, once: str) -> str | None:
    """A code that was right holds for this page for ten minutes: another field may have to be mended first."""
    if _passed_here(request):
        return None
    if not typed:
        return MISSING
    problem = typed_code.confirm(request.session, user, typed, used_for=once)
    if problem is None:
        request.session[PASSED_KEY] = {"path": request.path, "until": time.time() + PASSED_SECONDS}
    return problem


def _passed_here(request: HttpRequest) -> bool:
    passed = request.session.get(PASSED_KEY) or {"path": None}
    return bool(passed["path"] == request.path) and time.time() < passed["until"]


def _solved(solution: str, once: str) -> bool:
    if len(solution) > PAYLOAD_MOST:
        return False
    try:
        if not verify_solution(solution, _secret()).verified:
            return False
        used = "human:" + hashlib.sha256(_signature(solution).encode()).hexdigest()
    except (ValueError, KeyError, TypeError, AttributeError):
        return False  # not made by our script
    if cache.add(used, once, timeout=LIFE_SECONDS + 60):
        return True
    return bool(cache.get(used) == once)


def _signature(solution: str) -> str:
    challenge: Challenge = Payload.from_base64(solution).challenge
    return str(challenge.signature)


def _fingerprint(request: HttpRequest, data: QueryDict) -> str:
    """Tells one posted form from every other: who, where to, and all that was typed."""
    parts = [request.session.session_key or "", request.path]
    parts += sorted(f"{name}={value}" for name, values in data.lists() for value in values)
    return salted_hmac("motcua.human.once", "\n".join(parts), algorithm="sha256").hexdigest()


def _secret() -> str:
    return salted_hmac("motcua.human", "altcha", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
