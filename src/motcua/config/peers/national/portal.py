"""What the demo National portal knows: people, visits, codes, keys. Only the key outlives it."""

import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.request
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from motcua.config.peers.national.people import Person

CONFIRM = "xac_nhan"
CODE_SECONDS, OTP_SECONDS, VISIT_SECONDS, SIGNED_IN_SECONDS, OTP_TRIES = 60, 300, 900, 3600, 5


@dataclass
class Visit:
    """Somebody on the way through: what the client asked, who it is by now, the OTP."""

    asked: dict[str, str]
    id: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    at: float = field(default_factory=time.time)
    person: Person | None = None
    level: str = "LoA1"
    for_organisation: bool = False  # came by an organisation's account
    proven: bool = False  # by password, or signed in before; the OTP is still to come
    otp: str = ""
    otp_at: float = 0
    tries: int = 0

    @property
    def confirms(self) -> bool:
        """Whether a dossier is to be confirmed, not only a login."""
        return CONFIRM in self.asked.get("scope", "").split()


@dataclass
class Issued:
    """A code that was given out and waits to be exchanged, or an access token."""

    visit: Visit
    at: float = field(default_factory=time.time)
    used: bool = False


@dataclass
class Trouble:
    """What goes wrong on demand, the next `times` times."""

    status: int = 0
    seconds: float = 0
    claims: dict[str, Any] = field(default_factory=dict)  # of the ID token; null takes one away
    forged: bool = False  # signed with a key that isn't ours
    query: dict[str, Any] = field(default_factory=dict)  # of the return
    times: int = 10**9


@dataclass(frozen=True)
class Client:
    """The portal that people log in to."""

    id: str
    secret: str
    home: str  # its address

    @property
    def way_back(self) -> str:
        """The only registered way back."""
        return f"{self.home}/tai-khoan/cong-quoc-gia/ve/"


class Refusal(Exception):
    """An OAuth error: the code, and words for a developer."""

    def __init__(self, error: str, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.error, self.status = error, status


class Portal:
    """The provider itself; every method may be called by several threads."""

    def __init__(self, issuer: str, client: Client, people: list[Person], gateway: str, folder: Path) -> None:
        self.issuer, self.client, self.gateway = issuer, client, gateway
        self.people = list(people)
        self.key = _key(folder)
        self.visits: dict[str, Visit] = {}
        self.pushed: dict[str, dict[str, str]] = {}
        self.codes: dict[str, Issued] = {}
        self.tokens: dict[str, Issued] = {}
        self.signed_in: dict[str, tuple[float, Visit]] = {}
        self.messages: list[dict[str, str]] = []
        self.troubles: dict[str, Trouble] = {}
        self.lock = threading.RLock()

    # ---- what it says of itself ----

    def metadata(self) -> dict[str, Any]:
        """OpenID Connect Discovery."""
        here = self.issuer
        return {
            "issuer": here,
            "authorization_endpoint": f"{here}/oauth2/authorize",
            "token_endpoint": f"{here}/oauth2/token",
            "userinfo_endpoint": f"{here}/oauth2/userinfo",
            "jwks_uri": f"{here}/oauth2/jwks",
            "pushed_authorization_request_endpoint": f"{here}/oauth2/par",
            "end_session_endpoint": f"{here}/dang-xuat",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "authorization_response_iss_parameter_supported": True,
            "acr_values_supported": ["LoA1", "LoA2"],
            "scopes_supported": ["openid", "profile", "phone", "email", CONFIRM],
        }

    def jwks(self) -> dict[str, Any]:
        """The public key."""
        return dict(KeySet([self.key]).as_dict(private=False))

    def trouble(self, kind: str) -> Trouble:
        """What is to go wrong now; an empty one in the usual case."""
        with self.lock:
            found = self.troubles.get(kind)
            if found is None or found.times <= 0:
                return Trouble()
            found.times -= 1
            return found

    # ---- requests ----

    def push(self, asked: dict[str, str]) -> str:
        """Keep a request that the client leaves beforehand; its short name.

        Raises:
            Refusal: it couldn't be carried out.
        """
        self._check_request(asked)
        name = f"urn:ietf:params:oauth:request_uri:{secrets.token_urlsafe(24)}"
        with self.lock:
            self.pushed[name] = asked
        return name

    def visit_for(self, query: dict[str, str]) -> Visit:
        """Begin a visit for an authorization request.

        Raises:
            Refusal: unknown client, unregistered way back, no PKCE: nobody is sent back for these.
        """
        with self.lock:
            asked = self.pushed.pop(query["request_uri"], {}) if "request_uri" in query else query
        if query.get("client_id") != self.client.id or not asked:
            raise Refusal("invalid_request", "unknown client or request")
        self._check_request(asked, pushed="request_uri" in query)
        visit = Visit(asked)
        with self.lock:
            self.visits = {name: one for name, one in self.visits.items() if time.time() - one.at < VISIT_SECONDS}
            self.visits[visit.id] = visit
        return visit

    def visit(self, name: str) -> Visit | None:
        """A visit under way."""
        found = self.visits.get(name)
        return found if found and time.time() - found.at < VISIT_SECONDS else None

    def _check_request(self, asked: dict[str, str], *, pushed: bool = True) -> None:
        if asked.get("client_id") != self.client.id or asked.get("redirect_uri") != self.client.way_back:
            raise Refusal("invalid_request", "client or redirect_uri is not registered")
        scopes = asked.get("scope", "").split()
        if asked.get("response_type") != "code" or "openid" not in scopes:
            raise Refusal("invalid_request", "response_type code and scope openid, nothing else")
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            raise Refusal("invalid_request", "PKCE with S256 is needed")
        if CONFIRM in scopes and not (pushed and len(asked.get("digest", "")) == 64 and asked.get("what")):
            raise Refusal("invalid_request", "a confirmation is pushed, with digest and what")

    # ---- people ----

    def find(self, name: str, password: str, *, by_phone: bool = False) -> Person | None:
        """Whose number (or phone) and password these are."""
        digits = "".join(letter for letter in name if letter.isdigit())
        wanted = "84" + digits[1:] if digits.startswith("0") and by_phone else digits
        for one in self.people:
            known = one.phone if by_phone else one.personal_number
            if known == wanted and hmac.compare_digest(one.password.encode(), password.encode()):
                return one
        return None

    def send_otp(self, visit: Visit) -> bool:
        """Send an OTP by the SMS gateway; whether it took it."""
        assert visit.person
        visit.otp, visit.otp_at, visit.tries = f"{secrets.randbelow(10**6):06d}", time.time(), 0
        told = "xac nhan ho so" if visit.confirms else "dang nhap"
        text = f"Cong DVC Quoc gia: ma OTP {told} la {visit.otp}, dung trong 5 phut. Khong dua ma cho bat cu ai."
        message = {"brandname": "DVCQG", "phone": visit.person.phone, "content": text}
        request = urllib.request.Request(  # noqa: S310 (an address of our own)
            f"{self.gateway}/sms/send",
            json.dumps(message | {"tracking_id": secrets.token_hex(16)}).encode(),
            {"Content-Type": "application/json", "X-Api-Key": "demo"},
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
                taken = bool(json.load(answer).get("code") == 0)
        except (OSError, ValueError):
            taken = False
        if taken:
            with self.lock:
                self.messages.append({**message, "at": time.strftime("%H:%M:%S")})
        return taken

    def check_otp(self, visit: Visit, typed: str) -> bool:
        """Whether this is the OTP; five tries, five minutes."""
        with self.lock:
            visit.tries += 1
            good = bool(visit.otp) and visit.tries <= OTP_TRIES and time.time() - visit.otp_at < OTP_SECONDS
            right: bool = hmac.compare_digest(visit.otp.encode(), "".join(typed.split()).encode())
            return good and right

    # ---- the way back ----

    def way_back(self, visit: Visit, **said: str) -> str:
        """The address that the person's browser is sent to."""
        query: dict[str, Any] = {**said, "state": visit.asked.get("state", ""), "iss": self.issuer}
        query |= self.trouble("return").query
        self.visits.pop(visit.id, None)
        return f"{visit.asked['redirect_uri']}?{urlencode({k: v for k, v in query.items() if v is not None})}"

    def code_for(self, visit: Visit) -> str:
        """A one-time code for this visit, whose person has proved who they are."""
        code = secrets.token_urlsafe(32)
        with self.lock:
            self.codes[code] = Issued(visit)
        return code

    def exchange(self, asked: dict[str, str]) -> dict[str, Any]:
        """A code for tokens; once.

        Raises:
            Refusal: used before, ran out, another way back, another verifier.
        """
        with self.lock:
            issued = self.codes.get(asked.get("code", ""))
            good = issued and not issued.used and time.time() - issued.at < CODE_SECONDS
            if issued:
                issued.used = True
        if not good or issued is None or asked.get("grant_type") != "authorization_code":
            raise Refusal("invalid_grant", "the code is unknown, used or too old")
        request = issued.visit.asked
        challenge = _hash(asked.get("code_verifier", ""))
        if asked.get("redirect_uri") != request["redirect_uri"] or challenge != request["code_challenge"]:
            raise Refusal("invalid_grant", "the code belongs to another request")
        access = secrets.token_urlsafe(32)
        with self.lock:
            self.tokens[access] = Issued(issued.visit)
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": self._id_token(issued, access),
        }

    def slip(self, procedure: str, agency: str) -> str:
        """Where to send somebody who has chosen there: to the client, with a slip that bears a new number."""
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": self.client.id, "iat": now, "exp": now + 600, "thu_tuc": procedure,
            "co_quan": agency, "ma_ho_so": f"000.00.00.G99-{time.strftime('%y%m%d')}-{secrets.randbelow(10**6):06d}",
        }  # fmt: skip
        signed = jwt.encode(
            {"alg": "HS256"}, claims, OctKey.import_key(hashlib.sha256(self.client.secret.encode()).digest())
        )
        return f"{self.client.home}/cong-quoc-gia/nop/?{urlencode({'phieu': signed})}"

    def userinfo(self, access: str) -> dict[str, Any] | None:
        """What the access token's person allows to be known; None for a token that isn't one."""
        issued = self.tokens.get(access)
        person = issued.visit.person if issued else None
        if issued is None or person is None or time.time() - issued.at > 300:
            return None
        return {"sub": person.subject, **person.claims(for_organisation=issued.visit.for_organisation)}

    def _id_token(self, issued: Issued, access: str) -> str:
        visit, person = issued.visit, issued.visit.person
        assert person
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer, "sub": person.subject, "aud": self.client.id, "iat": now, "exp": now + 300,
            "auth_time": int(issued.at), "acr": visit.level, "amr": ["pwd", "otp"], "at_hash": _hash(access, half=True),
        }  # fmt: skip
        if "nonce" in visit.asked:
            claims["nonce"] = visit.asked["nonce"]
        if visit.confirms:  # the statement must say by itself who has confirmed what
            known = person.claims()
            names = ("name", "personal_number", "personal_number_verified", "birthdate")
            claims |= {name: known[name] for name in names}
            claims |= {"confirmed_digest": visit.asked["digest"], "confirmed_what": visit.asked["what"],
                       "confirmed_at": int(issued.at)}  # fmt: skip
        trouble = self.trouble("id_token")
        claims = {name: value for name, value in (claims | trouble.claims).items() if value is not None}
        key = RSAKey.generate_key(2048) if trouble.forged else self.key
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, key)


def body(text: str) -> dict[str, str]:
    """A form, or a query; each name once."""
    return dict(parse_qsl(text, keep_blank_values=True))


def _hash(text: str, *, half: bool = False) -> str:
    """SHA-256 as tokens carry it; the left half for `at_hash`."""
    digest = hashlib.sha256(text.encode()).digest()
    return urlsafe_b64encode(digest[:16] if half else digest).rstrip(b"=").decode()


def _key(folder: Path) -> RSAKey:
    """The signing key, made at the first start and kept: what it has signed stays provable."""
    path = folder / "key.pem"
    if path.exists():
        found = RSAKey.import_key(path.read_bytes())
    else:
        found = RSAKey.generate_key(2048)
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(found.as_pem(private=True))
    found.ensure_kid()
    return RSAKey.import_key(found.as_dict(private=True))
