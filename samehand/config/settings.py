"""Settings run as they are: each has a default that starts the house, each comes from `SAMEHAND_*`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from samehand.config import env

BASE = Path(__file__).resolve().parent.parent
DATA = Path(env.text("SAMEHAND_DATA", "data")).expanduser().resolve()
# A folder, or s3://bucket/prefix?endpoint=https://...
BLOBS = env.place("SAMEHAND_BLOBS", DATA / "blobs")
SENT = DATA / "sent"
# Without a relay: mails with links that open an account. No page shows them.
PRIVATE_MAIL = DATA / "private-mail"

DEBUG = False
SECRET_KEY = env.secret("SAMEHAND_SECRET", DATA / "secret")
# What kept bytes are encrypted with: the first for what comes now, the others and SECRET_KEY for what came before.
BLOB_KEYS = env.keys("SAMEHAND_BLOB_KEYS")

# Who we are to the customer.
OPERATOR = env.text("SAMEHAND_OPERATOR", "Fala Mobile")
ADDRESS = env.text("SAMEHAND_ADDRESS", "helpdesk@fala.example")
# Addresses our own door takes mail for; `*` stands for any domain.
ADDRESSES = env.words("SAMEHAND_ADDRESSES", "helpdesk@*,bok@*,kontakt@*,pomoc@*,support@*,care@*")
HTTP_PORT = env.number("SAMEHAND_HTTP", 8000)
SMTP_PORT = env.number("SAMEHAND_SMTP", 2525)
LMTP_PORT = env.number("SAMEHAND_LMTP", 2424)
BIND = env.text("SAMEHAND_BIND", "127.0.0.1")
URL = env.text("SAMEHAND_URL", f"http://localhost:{HTTP_PORT}").rstrip("/")
DEMO = env.flag("SAMEHAND_DEMO")
# A host name of its own, without cookies, for what came from outside: attachments and formatted mails.
FILES_HOST = env.text("SAMEHAND_FILES_HOST", "").lower()
FILES_URL = f"{urlsplit(URL).scheme}://{FILES_HOST}" if FILES_HOST else ""
MICROSOFT = f"https://login.microsoftonline.com/{env.text('SAMEHAND_MICROSOFT_TENANT', 'common')}/oauth2/v2.0"
# Links in mails come from URL alone, whatever host a page was asked by.
ALLOWED_HOSTS = env.words("SAMEHAND_HOSTS", "*" if DEMO else f"localhost,127.0.0.1,[::1],{urlsplit(URL).hostname}")
if FILES_HOST:
    ALLOWED_HOSTS.append(urlsplit(FILES_URL).hostname or "")
MAX_MAIL = env.number("SAMEHAND_MAX_MAIL", 36 * 1024 * 1024)
# A file beyond this is not handed out by itself: it stays in the mail's original.
MAX_FILE = env.number("SAMEHAND_MAX_FILE", 25 * 1024 * 1024)
# clamd as host:port or a socket's path. Set: files wait until it has judged them.
SCANNER = env.text("SAMEHAND_SCANNER", "")
TLS_CERTIFICATE = env.text("SAMEHAND_TLS_CERTIFICATE", "")
TLS_KEY = env.text("SAMEHAND_TLS_KEY", "")
# PEM files that sign the profiles for iPhones; without, iPhones call a profile unsigned and install it all the same.
PROFILE_CERTIFICATE = env.text("SAMEHAND_PROFILE_CERTIFICATE", "")
PROFILE_KEY = env.text("SAMEHAND_PROFILE_KEY", "")
# smtp://user:password@host:port (STARTTLS when offered), smtps://..., smtp+plain://... (never TLS). Empty: DATA/sent.
RELAY = env.text("SAMEHAND_RELAY", "")
# Servers that resolve names ("192.0.2.53", "127.0.0.1:5353"); empty: the machine's own; "off": no name is asked for.
DNS = env.words("SAMEHAND_DNS", "")
# Hosts whose word about a mail's writer counts (Authentication-Results), `*` for any letters; and the domains whose
# seals count (ARC).
AUTHSERV = env.words("SAMEHAND_AUTHSERV", "mx.fala.example" if DEMO else "")
ARC_SEALERS = env.words("SAMEHAND_ARC_SEALERS", "")
# Who hands us mail by SMTP that a host of AUTHSERV has looked at; from anybody else those words are his own.
TRUSTED_RELAYS = env.networks("SAMEHAND_TRUSTED_RELAYS", "127.0.0.0/8,::1")
# To one address at most so many mails in so many minutes, those of machines apart; 0 bounds nothing.
PACE = env.pace("SAMEHAND_PACE", "20/10")
PACE_AUTOMATIC = env.pace("SAMEHAND_PACE_AUTOMATIC", "3/60")
# Signing mailboxes in: the client that was registered there. Other addresses are for trying it out.
OAUTH = {
    "google": {
        "client_id": env.text("SAMEHAND_GOOGLE_CLIENT_ID", ""),
        "client_secret": env.text("SAMEHAND_GOOGLE_CLIENT_SECRET", ""),
        "authorize_url": env.text("SAMEHAND_GOOGLE_AUTHORIZE_URL", "https://accounts.google.com/o/oauth2/v2/auth"),
        "token_url": env.text("SAMEHAND_GOOGLE_TOKEN_URL", "https://oauth2.googleapis.com/token"),
    },
    "microsoft": {
        "client_id": env.text("SAMEHAND_MICROSOFT_CLIENT_ID", ""),
        "client_secret": env.text("SAMEHAND_MICROSOFT_CLIENT_SECRET", ""),
        "authorize_url": env.text("SAMEHAND_MICROSOFT_AUTHORIZE_URL", f"{MICROSOFT}/authorize"),
        "token_url": env.text("SAMEHAND_MICROSOFT_TOKEN_URL", f"{MICROSOFT}/token"),
    },
}
# So long a mailbox may be in trouble before the administrators get a mail.
ALARM_MINUTES = env.number("SAMEHAND_ALARM_MINUTES", 15)
# What the guide's search takes for a text's meaning (package.module:Class); empty: it goes by words alone.
GUIDE_EMBEDDER = env.dotted("SAMEHAND_GUIDE_EMBEDDER")
DEMO_CUSTOMERS = env.flag("SAMEHAND_DEMO_CUSTOMERS", default=DEMO)
# Who refers to kept bytes: each says which of the keys it needs.
BLOB_USERS = (
    "samehand.cases.queries.blobs_in_use",
    "samehand.channels.mail.backend.blobs_in_use",
    "samehand.guide.pictures.blobs_in_use",
)
REACTIONS = "samehand.config.reactions.TABLE"
# Templates and checks by name, because they live above those who use them.
STAFF_FRAME = "desk/frame.html"
HEALTH = (
    "samehand.channels.mail.health.findings",
    "samehand.desk.office.health.findings",
    "samehand.desk.office.scanner.findings",
)
# The desk asks the simulator by name: neither knows the other.
WHATIF = "samehand.config.whatif.reckoning.reckon"
# The forecast of a day asks the simulator, which only the roof sees.
FORECAST = "samehand.config.forecasting.today"
# A channel is a folder and a line here.
CHANNELS = {
    "mail": "samehand.channels.mail.channel",
    "web": "samehand.channels.web.channel",
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "samehand.lib",
    "samehand.people",
    "samehand.guide",
    "samehand.cases",
    "samehand.channels.mail",
    "samehand.desk",
    "samehand.portal",
    "samehand.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samehand.lib.csp.middleware",
    "samehand.lib.hosts.middleware",
    "samehand.lib.compressing.middleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samehand.lib.languages.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "samehand.config.urls"
ASGI_APPLICATION = "samehand.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "lib" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samehand.lib.frame.context",
                "samehand.people.frame.context",
            ],
        },
    }
]

DATABASES = {"default": env.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:queue"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "samehand.desk.adapter.StaffOnlyAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # else anybody could make us mail any address
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = URL.startswith("http://localhost")
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator made the account: there is no address to verify
MFA_TOTP_ISSUER = OPERATOR

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("SAMEHAND_ZONE", "Europe/Warsaw")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE / "lib" / "static"]
# Nothing is collected: WhiteNoise finds the files where they lie.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
EMAIL_BACKEND = "samehand.channels.mail.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = ADDRESS

SECURE = URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "samehand_session", "samehand_csrf"
SESSION_COOKIE_SAMESITE = "Lax"
BEHIND_PROXY = env.flag("SAMEHAND_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# So many proxies of ours in a row each add the address they saw to X-Forwarded-For; 0: the header is not read.
PROXIES = env.number("SAMEHAND_PROXIES", 1 if BEHIND_PROXY else 0)
CSRF_TRUSTED_ORIGINS = [URL] if SECURE else []
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING_CONFIG = None
env.configure_logging(env.text("SAMEHAND_LOG", "info"))
