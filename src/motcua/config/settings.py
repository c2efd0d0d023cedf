"""All settings, from the environment (docs/operator/configuration.md lists every variable)."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from motcua.config import env

PROJECT = Path(__file__).resolve().parents[3]
RUN_DIR = env.folder("MOTCUA_RUN_DIR", PROJECT / ".run")

# A production start names its key and its hosts; a local start (`make run`) gets both from the command.
DEBUG = False
LOCAL = env.flag("MOTCUA_LOCAL", False)
SECRET_KEY = env.text("MOTCUA_SECRET_KEY", env.PUBLISHED_KEY if LOCAL else None)
SECRET_KEY_FALLBACKS = env.words("MOTCUA_SECRET_KEYS_BEFORE")  # still read what they have signed and sealed
ALLOWED_HOSTS = env.words("MOTCUA_HOSTS", ",".join(env.LOOPBACK) if LOCAL else "")
BASE_URL = env.text("MOTCUA_BASE_URL", "http://127.0.0.1:8000" if LOCAL else None).rstrip("/")
SECURE = BASE_URL.startswith("https://")
env.check_stance(local=LOCAL, key=SECRET_KEY, before=SECRET_KEY_FALLBACKS, hosts=ALLOWED_HOSTS, base_url=BASE_URL)


# ---- Rooms, lower ones first ----

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "motcua.audit",
    "motcua.content",
    "motcua.places",
    "motcua.notifications",
    "motcua.accounts",
    "motcua.agencies",
    "motcua.documents",
    "motcua.eforms",
    "motcua.procedures",
    "motcua.payments",
    "motcua.delivery",
    "motcua.offerings",
    "motcua.dossiers",
    "motcua.reports",
    "motcua.web.components",
    "motcua.web.public",
    "motcua.web.citizen",
    "motcua.web.desk",
    "motcua.web.office",
    "motcua.sample",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "motcua.config.headers.PermissionsPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "motcua.web.components.language.Language",
    "motcua.web.components.guard.Guard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.components.context.portal",
            ],
            "builtins": ["django.templatetags.i18n", "motcua.web.components.templatetags.mc"],
        },
    },
]


# ---- Database, cache, jobs: one PostgreSQL ----


def database(url: str) -> dict[str, Any]:
    """Django's form of postgresql://user:password@host:port/name; a folder of sockets as ?host=/path."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise env.ConfigurationError("DATABASE_URL must begin with postgresql://.")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps the connections
        "CONN_HEALTH_CHECKS": True,  # one that the database has closed is replaced, not handed to a request
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": env.number("MOTCUA_DB_POOL", 4, least=1, most=200)},
            # Statements that come again are planned once per connection: a dossier's page waits half as long for them.
            "server_side_binding": True,
            "prepare_threshold": 5,
        },
    }


DATABASES = {"default": database(env.text("DATABASE_URL"))}

CACHES = {
    "default": {
        "BACKEND": "motcua.core.cache.PostgresCache",
        "LOCATION": "motcua_cache",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"


# ---- People ----

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["motcua.accounts.backends.NumberBackend"]
LOGIN_URL = "/tai-khoan/dang-nhap/"
LOGIN_REDIRECT_URL = "/ho-so/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "motcua.accounts.passwords.FourKindsValidator"},
    {"NAME": "motcua.accounts.passwords.KnownPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
MFA_ADAPTER = "motcua.accounts.adapters.AuthenticatorAdapter"
SESSION_COOKIE_AGE = 8 * 3600
# With the prefix a browser takes them from this very host only, not from a neighbour under the same domain.
COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}mc_session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}mc_csrf"
CSRF_FAILURE_VIEW = "motcua.web.components.errors.csrf_failure"


# ---- Language and time ----

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PROJECT / "src" / "motcua" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "motcua.config.formats"


# ---- Whose portal this is: the head and the foot of every page ----

PORTAL = {
    "name": env.text("MOTCUA_PORTAL_NAME", "Một Cửa"),
    "place": env.text("MOTCUA_PORTAL_PLACE", "tỉnh Minh Giang"),
    "owner": env.text("MOTCUA_PORTAL_OWNER", "Ủy ban nhân dân tỉnh Minh Giang"),
    "address": env.text("MOTCUA_PORTAL_ADDRESS", "Số 1 đường Hòa Bình, phường Hoa Sen, tỉnh Minh Giang"),
    "phone": env.text("MOTCUA_PORTAL_PHONE", "1900 0298"),
    "hours": env.text("MOTCUA_PORTAL_HOURS", "7:30–17:00 ngày làm việc"),
    "email": env.text("MOTCUA_PORTAL_EMAIL", "hotro@motcua.example"),
}
PORTAL["phone_link"] = PORTAL["phone"].replace(" ", "")


# A process remembers notices of outages and visit figures for so long, and gathers visits before it writes them.
# How long a complaint about an account is kept after its answer, or if nobody came about it, in days.
COMPLAINT_KEPT_DAYS = env.number("MOTCUA_COMPLAINT_KEPT_DAYS", 365, least=30, most=3650)
CONTENT_SECONDS = env.number("MOTCUA_CONTENT_SECONDS", 15, most=600)

# So many searches of one address in ten minutes that must be worked out, and ten times as many suggestions; 0: any.
SEARCH_LIMIT = env.number("MOTCUA_SEARCH_LIMIT", 0 if LOCAL else 1200, most=1_000_000)


# ---- Files ----

STATIC_URL = "/tinh/"
STATIC_ROOT = env.folder("MOTCUA_STATIC_DIR", RUN_DIR / "static")
STATICFILES_DIRS = [PROJECT / "build" / "assets"]
DOCUMENTS_DIR = env.folder("MOTCUA_DOCUMENTS_DIR", RUN_DIR / "documents")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing uses it: see "documents"
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "documents": {
        "BACKEND": "motcua.documents.storage.LocalStorage",  # or any other Django storage, such as S3
        "OPTIONS": {"location": str(DOCUMENTS_DIR)},
    },
}
FILE_UPLOAD_HANDLERS = ["motcua.documents.handlers.BoundedUploadHandler"]
KEYS_DIR = env.folder("MOTCUA_KEYS_DIR", RUN_DIR / "keys")
KEYS_PASSWORD = env.text("MOTCUA_KEYS_PASSWORD", "")
TRUST_DIR = env.folder("MOTCUA_TRUST_DIR", RUN_DIR / "trust")
SIGNING = env.choice("MOTCUA_SIGNING", ("demo", "folder", "none") if LOCAL else ("none", "folder"))
DOCUMENTS_ACCEL_PREFIX = env.text("MOTCUA_ACCEL_PREFIX", "")  # nginx's internal location of the documents, if any
UPLOAD_MAX_BYTES = env.number("MOTCUA_UPLOAD_MAX_MB", 20, least=1, most=200) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 30  # of one post: forms are read before anybody knows who sends them


# ---- Messages ----

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("MOTCUA_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.number("MOTCUA_SMTP_PORT", 8025, least=1, most=65535)
EMAIL_HOST_USER = env.text("MOTCUA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("MOTCUA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("MOTCUA_SMTP_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.mail_address("MOTCUA_MAIL_FROM", "Một Cửa <khong-tra-loi@motcua.example>")
SMS_CHANNEL = env.text("MOTCUA_SMS_CHANNEL", "demo")
env.check_demo(allowed=LOCAL or env.flag("MOTCUA_ALLOW_DEMO", False), members={"MOTCUA_SMS_CHANNEL": SMS_CHANNEL})
DEMO_PEERS_URL = env.text("MOTCUA_DEMO_PEERS_URL", "http://127.0.0.1:8027")
# Longer than any channel takes; a message whose worker died is handed over again after this.
MESSAGE_CLAIM_SECONDS = env.number("MOTCUA_MESSAGE_CLAIM_SECONDS", 30, least=1, most=3600)
ZALO_CHANNEL = env.text("MOTCUA_ZALO_CHANNEL", "zns" if LOCAL else "none")  # docs/integrator/zalo.md
ZALO: dict[str, Any] = {
    "app_id": env.text("MOTCUA_ZALO_APP_ID", "1000000000000000001" if LOCAL else ""),
    "app_secret": env.text("MOTCUA_ZALO_APP_SECRET", env.DEMO_ZALO_SECRET if LOCAL else ""),
    "oa_id": env.text("MOTCUA_ZALO_OA_ID", "2000000000000000002" if LOCAL else ""),
    "oa_name": env.text("MOTCUA_ZALO_OA_NAME", "Dịch vụ công Minh Giang" if LOCAL else ""),
    "oa_secret": env.text("MOTCUA_ZALO_OA_SECRET", env.DEMO_ZALO_SECRET if LOCAL else ""),  # signs what Zalo tells us
    "refresh_token": env.text("MOTCUA_ZALO_REFRESH_TOKEN", "demo-refresh" if LOCAL else ""),  # the first one only
    # Our message = the number under which Zalo approved it; "*" for all others.
    "templates": env.pairs("MOTCUA_ZALO_TEMPLATES", "*=300001" if LOCAL else ""),
    "development": env.flag("MOTCUA_ZALO_DEVELOPMENT", False),
    "wait_minutes": env.number("MOTCUA_ZALO_WAIT_MINUTES", 10, least=1, most=1440),
    "url": env.text("MOTCUA_ZALO_URL", "http://127.0.0.1:8026" if LOCAL else ""),  # empty: Zalo's own
}
env.check_zalo(ZALO, channel=ZALO_CHANNEL, hosts=ALLOWED_HOSTS, local=LOCAL)


# ---- The National portal: logging in through it, confirmations (docs/integrator/national-portal.md) ----

NATIONAL: dict[str, Any] = {
    "issuer": env.text("MOTCUA_NATIONAL_ISSUER", ""),  # empty: not connected
    "metadata": env.text("MOTCUA_NATIONAL_METADATA", ""),  # a file, where the portal publishes no discovery document
    "client_id": env.text("MOTCUA_NATIONAL_CLIENT_ID", "motcua"),
    "client_secret": env.text("MOTCUA_NATIONAL_CLIENT_SECRET", "demo" if LOCAL else ""),
    "scope": env.text("MOTCUA_NATIONAL_SCOPE", "openid profile phone email"),
    "confirm_scope": env.text("MOTCUA_NATIONAL_CONFIRM_SCOPE", "xac_nhan" if LOCAL else ""),
    # Our name = theirs; and their level = ours, the lowest first.
    "claims": env.pairs(
        "MOTCUA_NATIONAL_CLAIMS",
        "personal_number=personal_number,number_verified=personal_number_verified,full_name=name,birth_date=birthdate,"
        "sex=gender,phone=phone_number,phone_verified=phone_number_verified,email=email,email_verified=email_verified,"
        "organisation_name=organisation_name,organisation_code=organisation_tax_code,"
        "organisation_position=organisation_position",
    ),
    "levels": env.pairs("MOTCUA_NATIONAL_ACR", "LoA1=trung-binh,LoA2=cao"),
}
env.check_national(NATIONAL, hosts=ALLOWED_HOSTS, local=LOCAL)


# ---- Money: paying online through VNPAY (docs/integrator/payments.md) ----

_DEMO_VNPAY = "http://127.0.0.1:8028" if LOCAL else ""
VNPAY_URL = env.text("MOTCUA_VNPAY_URL", f"{_DEMO_VNPAY}/paymentv2/vpcpay.html" if LOCAL else "")  # empty: not online
VNPAY_API_URL = env.text("MOTCUA_VNPAY_API_URL", f"{_DEMO_VNPAY}/merchant_webapi/api/transaction" if LOCAL else "")
VNPAY_TMN_CODE = env.text("MOTCUA_VNPAY_TMN_CODE", "MOTCUA01" if LOCAL else "")
VNPAY_SECRET = env.text("MOTCUA_VNPAY_SECRET", env.DEMO_VNPAY_SECRET if LOCAL else "")
# So long after a person has come back without VNPAY's own notice, we ask VNPAY.
VNPAY_ASK_SECONDS = env.number("MOTCUA_VNPAY_ASK_SECONDS", 5, most=900)
env.check_vnpay(
    url=VNPAY_URL, api_url=VNPAY_API_URL, tmn_code=VNPAY_TMN_CODE, secret=VNPAY_SECRET, hosts=ALLOWED_HOSTS, local=LOCAL
)


# ---- The public post (docs/integrator/post.md) ----

POST_URL = env.text("MOTCUA_POST_URL", "http://127.0.0.1:8029/api" if LOCAL else "")  # empty: nothing goes by post
POST_CUSTOMER = env.text("MOTCUA_POST_CUSTOMER", "MOTCUA01" if LOCAL else "")
POST_USER = env.text("MOTCUA_POST_USER", "motcua" if LOCAL else "")
POST_PASSWORD = env.text("MOTCUA_POST_PASSWORD", env.DEMO_POST_SECRET if LOCAL else "")
POST_SECRET = env.text("MOTCUA_POST_SECRET", env.DEMO_POST_SECRET if LOCAL else "")  # signs the post's notices
env.check_post(
    url=POST_URL, customer=POST_CUSTOMER, user=POST_USER, password=POST_PASSWORD, secret=POST_SECRET,
    hosts=ALLOWED_HOSTS, local=LOCAL,
)  # fmt: skip


# ---- Security ----

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE and env.flag("MOTCUA_REDIRECT_TO_HTTPS", True)
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("MOTCUA_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Where a form of ours may lead: pages of others to which the person is sent on.
PAGES_ELSEWHERE = [origin for origin in [env.origin(NATIONAL["issuer"]), env.origin(VNPAY_URL)] if origin]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *PAGES_ELSEWHERE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}


# ---- Logging: to standard error, with no personal data (docs/decisions/) ----

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "motcua.config.logs.MaskingFormatter",
            "fmt": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.choice("MOTCUA_LOG_LEVEL", env.LOG_LEVELS).upper()},
}
