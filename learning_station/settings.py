"""Settings, read from the environment in the order a person would ask. A fresh checkout runs with none set.

docs/operator.md lists the variables.
"""

from datetime import date, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import Env
from kombu.entity import Queue

from accounts.countries import COUNTRY_NAMES
from files.address import private_files
from learning_station import site_address, work
from learning_station.addresses import database_url, redis_url
from learning_station.failures import collector
from learning_station.postgresql.limits import database
from learning_station.rooms import ROOMS
from outbox.mail_server import mailers

# ModelAdmin[Activity] and its kind may be written wherever Django's types know what a class is of.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()


def needed_in_production(name: str, otherwise: str) -> str:
    """The variable's value. Without one, `otherwise` on a desk and a clear refusal in production."""
    value = env.str(name, "")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(
            f"Set {name}: the station does not run in production without it (docs/operator.md)."
        )
    return otherwise


# Where does it run?
STATION_MODE = env.str("STATION_MODE", "local")
if STATION_MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"STATION_MODE is “{STATION_MODE}”; it can be “local” or “production”.")
PRODUCTION = STATION_MODE == "production"
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
if PRODUCTION and (DEBUG or DEMO):
    raise ImproperlyConfigured("DEBUG and DEMO open doors that must stay shut in production: unset them.")
SECRET_KEY = needed_in_production("SECRET_KEY", "local-only-" + "0" * 50)
# Encrypts the seeds of second factors in the database. The first encrypts, all decrypt (accounts/encryption.py).
ENCRYPTION_KEYS = [
    key.strip() for key in needed_in_production("ENCRYPTION_KEYS", "local-only-" + "1" * 50).split(",")
]
if min(len(key) for key in ENCRYPTION_KEYS) < 40:
    raise ImproperlyConfigured(
        "ENCRYPTION_KEYS holds a key of fewer than 40 characters: make each one as SECRET_KEY is made."
    )
# Signs badges; only the worker needs it. Empty: none are given (badges/private_key.py).
BADGE_KEY = env.str("BADGE_KEY", "")
SITE_URL = site_address.read(needed_in_production("SITE_URL", "http://localhost:8000"))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "accounts.expired_forms.csrf_failure"

# What is it made of?
INSTALLED_APPS = [
    *(["demo"] if DEMO else []),
    "modeltranslation",  # before the admin, which it extends
    "learning_station.apps.LearningStationConfig",
    *ROOMS,
    "staff.apps.StationAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # for the pages of allauth
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "auditlog",
    "django_countries",
    "django_filters",
    "import_export",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "learning_station.headers.HeadersMiddleware",
    "learning_station.methods.MethodsMiddleware",
    "learning_station.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "learning_station.compression.CompressionMiddleware",
    "learning_station.bodies.BodyLimitMiddleware",
    "texts.middleware.CleanTextsMiddleware",  # before whatever reads an address or a form
    "page_cache.middleware.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.expired_forms.KeepingLoginRequiredMiddleware",
    "accounts.clock.ReadersClockMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.staff_timeout.StaffTimeoutMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
]
ROOT_URLCONF = "learning_station.urls"
WSGI_APPLICATION = "learning_station.wsgi.application"
TEMPLATE_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                ("outbox.templates.LetterLoader", TEMPLATE_LOADERS),
                ("django.template.loaders.cached.Loader", TEMPLATE_LOADERS),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "learning_station.context.page",
            ],
        },
    },
]
FORM_RENDERER = "learning_station.form_renderer.Renderer"

# Where does it keep things?
DATABASES = {"default": database(database_url(), kind=work.kind, pooled=env.bool("DATABASE_POOLED", False))}
REDIS_URL = redis_url()
# It answers in a thousandth of a second. A page hears nothing for so long and goes on without, and so does everybody else of
# its process for the next seconds (page_cache/breaker.py). What nobody looks at has more patience with a busy machine.
VALKEY_PATIENCE = 0.25 if work.kind == "web" else 2.0  # seconds
CACHES = {
    "default": {
        "BACKEND": "page_cache.forgiving_cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "station",
        "OPTIONS": {"socket_connect_timeout": VALKEY_PATIENCE, "socket_timeout": VALKEY_PATIENCE},
        "COUNTED": "allauth:rl:",  # limits on attempts: they stand without the cache too
    },
}
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "var" / "media")
MEDIA_URL = "/media/"
# Agreements, evidence, concept notes: only our own pages lead to them, so never below MEDIA_ROOT, which a web server may
# serve. They lie in this folder, or in the S3-compatible storage that FILES_URL names.
PRIVATE_ROOT = env.path("PRIVATE_ROOT", BASE_DIR / "var" / "private")
# Who sends those of the folder: the station, or the proxy before it, which then reads the folder (deploy/Caddyfile).
FILES_SENT_BY = env.str("FILES_SENT_BY", "station")
if FILES_SENT_BY not in {"station", "proxy"}:
    raise ImproperlyConfigured(f"FILES_SENT_BY is “{FILES_SENT_BY}”; it can be “station” or “proxy”.")
# How long an address in the storage is good for: as long as two clocks may differ, and a browser needs to begin.
FILES_ADDRESS_LIVES = timedelta(minutes=2)
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
# Hashed, compressed and kept by browsers for good, once `collectstatic` has run; otherwise served as they lie in static/.
STATIC_COLLECTED = PRODUCTION or env.bool("STATIC_COLLECTED", False)
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "learning_station.stylesheet.StylesheetFinder",  # css/station.css, out of its parts
    "learning_station.stylesheet.DeskSheetFinder",  # css/desk.css, the same way
    "learning_station.desk_tokens.DeskTokensFinder",  # css/desk-tokens.css, out of tokens and the desk's colors
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": private_files(
        env.str("FILES_URL", ""), folder=PRIVATE_ROOT, kind=work.kind, production=PRODUCTION
    ),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
if not STATIC_COLLECTED:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there

# Who may come in?
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004"
]  # addresses are unique whatever their case: a constraint on Lower("email")
AUTHENTICATION_BACKENDS = ["accounts.backend.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me:overview"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}  # any keyboard has digits
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=15).total_seconds())
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_TIMEOUT = int(timedelta(hours=1).total_seconds())
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # the same page, and no letter, for who may not sign in
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {"confirm_email_verification_code": "accounts.forms.EmailCodeForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a change of the address or of a second factor is told by letter
ACCOUNT_CHANGE_EMAIL = True
UNPROVEN_ACCOUNTS_LIVE = timedelta(days=1)
# How many codes are sent, and how often one may be guessed, is counted by accounts/codes.py. Of what allauth counts: tight
# for one person, wide for one network, which may be a training room or a city hall.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "300/m/ip,5/5m/key",
    "manage_email": "10/m/user,60/d/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if PRODUCTION else 0)
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "accounts.encryption.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
# Staff see other people's data: a screen left alone, or a session of over a working day, ends (accounts/staff_timeout.py).
STAFF_MAY_BE_IDLE = timedelta(hours=1)
STAFF_STAY_AT_MOST = timedelta(hours=12)

# How is it protected?
# clamd, which looks at uploaded documents: unix:///run/clamav/clamd.ctl or tcp://host:3310. Without it nobody does.
CLAMD = env.str("CLAMD", "")
if CLAMD and urlsplit(CLAMD).scheme not in {"unix", "tcp"}:
    raise ImproperlyConfigured(f"CLAMD is “{CLAMD}”; it can be unix:///path or tcp://host:port.")
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The history tells who and when. Where from is nobody's business, and a forged header must not break a page.
AUDITLOG_DISABLE_REMOTE_ADDR = True
AUDITLOG_CID_HEADER = None
SESSION_COOKIE_SAMESITE = "Lax"
# With this name browsers take a cookie from this very host over TLS only, so no neighbor in the domain can plant one.
COOKIE_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script of ours reads the cookie
MESSAGES_COOKIE_NAME = f"{COOKIE_PREFIX}messages"
MESSAGE_STORAGE = "learning_station.message_storage.StationMessages"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# In which languages and whose clock?
LANGUAGE_CODE = "en"
# What staff write has three languages; the interface has Arabic too, and falls back to English where content does.
CONTENT_LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish"))]
LANGUAGES = [*CONTENT_LANGUAGES, ("ar", _("Arabic"))]
COUNTRIES_OVERRIDE = COUNTRY_NAMES
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in CONTENT_LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["learning_station.formats"]
USE_TZ = True
TIME_ZONE = "UTC"  # stands for “nobody's”: where no reader's clock is known, pages show the host's
ZONE_COOKIE_NAME = f"{COOKIE_PREFIX}zone"  # what a visitor chose at /time-zone/

# From what day on do figures ask who attended? Sessions before it (UTC) could have no attendance taken: docs/decisions/0013.
ATTENDANCE_SINCE = env.date("ATTENDANCE_SINCE", date(2026, 12, 1))

# How do letters leave?
STATION_NAME = "Learning Station"
LETTERS_FROM = env.str("LETTERS_FROM", f"Learning Station <letters@{urlsplit(SITE_URL).hostname}>")
# A worker that claimed a letter and is not heard of for so long is taken for dead. Longer than the slowest sending: about
# ten answers of the mail server, each within EMAIL_TIMEOUT.
LETTER_CLAIM_SECONDS = env.int("LETTER_CLAIM_SECONDS", 300)
# How many slots of a worker send letters at the same time, each over a connection of its own. Fewer than the worker has
# (--concurrency): those left are for what must not wait behind letters.
LETTERS_AT_ONCE = env.int("LETTERS_AT_ONCE", 3)
DEFAULT_FROM_EMAIL = LETTERS_FROM
SERVER_EMAIL = parseaddr(LETTERS_FROM)[1]
MAILERS = mailers(
    needed_in_production("EMAIL_URL", ""),
    timeout=env.int("EMAIL_TIMEOUT", 10),
    folder=BASE_DIR / "var" / "letters",
)

# Who works behind the pages?
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False  # a page never waits for it; the beat finds what was not handed over
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # safe, since a letter is claimed before it is sent
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # in memory: what is due is asked of the database
# What the beat calls for has a queue of its own, in which no letter stands, and is void when the next call is there.
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in ("celery", "ticks")]
CELERY_BEAT_SCHEDULE = {
    name: {"task": task, "schedule": every, "options": {"queue": "ticks", "expires": every.total_seconds()}}
    for name, task, every in [
        ("send what waits", "outbox.tasks.send_waiting", timedelta(seconds=30)),
        ("remind", "registrations.tasks.remind", timedelta(minutes=1)),
        ("tell what agreements need", "hubs.tasks.notify", timedelta(hours=1)),
        ("follow proposals", "proposals.tasks.follow", timedelta(minutes=5)),
        ("forget old drafts", "proposals.tasks.forget_old_drafts", timedelta(days=1)),
        ("delete forgotten files", "files.tasks.delete_forgotten", timedelta(minutes=10)),
        ("write messages", "messaging.tasks.write_unfinished", timedelta(minutes=1)),
        ("issue certificates", "credentials.tasks.issue", timedelta(minutes=5)),
        ("sign badges", "badges.tasks.keep_up", timedelta(minutes=1)),
        ("forget guests at the door", "attendance.tasks.forget", timedelta(hours=1)),
        ("forget questions", "interaction.tasks.forget", timedelta(hours=1)),
        ("forget platform reports", "platform_reports.tasks.forget", timedelta(hours=1)),
        ("go on with imports", "imports.tasks.go_on_with_all", timedelta(minutes=1)),
        ("forget imports", "imports.tasks.forget", timedelta(hours=1)),
        ("look after doubles", "merging.tasks.look_after", timedelta(hours=1)),
        ("look after claims", "membership.tasks.look_after", timedelta(minutes=1)),
        ("settle holds", "registrations.tasks.settle_holds", timedelta(minutes=1)),
        ("look after what cities learned", "city_record.tasks.look_after", timedelta(minutes=5)),
        ("look after focal points", "focal_points.tasks.look_after", timedelta(minutes=5)),
        ("count what cities learned", "city_record.tasks.count", timedelta(hours=1)),
        ("forget unproven addresses", "accounts.tasks.forget_unproven", timedelta(hours=1)),
    ]
}

# What does it say of itself, and whom does it tell when it fails?
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "learning_station.secret_addresses.HidingFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING")},
}
errors_to: list[str] = env.list("ERRORS_TO", [])
ERRORS_TO = [email for email in errors_to if email]
if not all("@" in email for email in ERRORS_TO):
    raise ImproperlyConfigured("ERRORS_TO is one e-mail address, or several with commas between.")
if ERRORS_TO:
    letters = {"class": "learning_station.failures.letters.ErrorLetters", "to": ERRORS_TO}
    LOGGING["handlers"]["letters"] = letters
    LOGGING["root"]["handlers"].append("letters")
SENTRY_DSN = env.str("SENTRY_DSN", "")
if SENTRY_DSN:
    collector.start(SENTRY_DSN)
