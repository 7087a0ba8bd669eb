"""Settings, all from the environment with embedded defaults; docs/operate/settings.md lists them."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url

from sabaq.config.secrets import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent

MODE = os.environ.get("SABAQ_MODE", "production")  # production, demo, rehearsal or test
DATA_DIR = Path(os.environ.get("DATA_DIR", "./data")).resolve()
PACKS_DIR = Path(os.environ.get("SABAQ_PACKS", ROOT / "packs"))
TLS = os.environ.get("SABAQ_TLS", "1" if MODE == "production" else "0") == "1"
PUBLIC_URL = os.environ.get(
    "SABAQ_URL", f"http://localhost:{os.environ.get('PORT', '8000')}"
).rstrip("/")
RATE_LIMIT_FACTOR = int(os.environ.get("SABAQ_RATE_LIMIT_FACTOR", "1"))

SECRET_KEY = os.environ.get("SECRET_KEY") or secret_key(DATA_DIR)
DEBUG = False
ALLOWED_HOSTS = [
    *os.environ.get("SABAQ_HOSTS", "localhost,127.0.0.1,[::1]").split(","),
    *([PUBLIC_URL.split("://", 1)[-1].split("/")[0].split(":")[0]]),
]

INSTALLED_APPS = [
    "sabaq.kernel",
    "sabaq.people",
    "sabaq.programmes",
    "sabaq.courses",
    "sabaq.enrolment",
    "sabaq.classroom",
    "sabaq.assessment",
    "sabaq.feedback",
    "sabaq.credentials",
    "sabaq.newsroom",
    "sabaq.reporting",
    "sabaq.web",
    "sabaq.config",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "sabaq.web.middleware.logs.RequestLog",
    "sabaq.web.middleware.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sabaq.web.middleware.compression.Compression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sabaq.web.middleware.language.ReaderLanguage",
    "sabaq.web.middleware.charsets.Charsets",
    "django.middleware.common.CommonMiddleware",
    "sabaq.web.middleware.sizes.RequestSizes",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sabaq.web.middleware.actors.CurrentActor",
    "sabaq.web.middleware.errors.DomainErrors",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "sabaq.config.urls"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / "web" / "templates",
            *(
                PACKAGE / "web" / audience / "templates"
                for audience in ("public", "learner", "classroom", "trainer", "office", "demo")
            ),
        ],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "sabaq.web.templatetags.kept",
            ],
            "libraries": {"i18n": "sabaq.web.templatetags.kept"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "sabaq.web.context.everywhere",
            ],
        },
    }
]
# Said of two libraries of one name; ours stands in the place of Django's "i18n" on purpose.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
FORM_RENDERER = "sabaq.web.forms.SabaqFormRenderer"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'sabaq.sqlite3'}",
        conn_max_age=None,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Nothing acknowledged may be lost, and a writer must wait, not fail: see docs/adr/0004-sqlite.md.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
    }
# Not for whoever merely says "demo": there anybody may be anybody, so only among a demo's own invented people.
IS_DEMO = (
    MODE == "demo"
    and (DATA_DIR / "demo").is_dir()
    and DATABASES["default"]["NAME"] == str(DATA_DIR / "sabaq.sqlite3")
)
DEMO_EDITION, DEMO_PAST_EDITION = "regional-2027", "regional-2026"
DEMO_PASSWORD = "sabaq-demo-2027"  # noqa: S105 - shown to whoever opens the demo
if IS_DEMO and os.environ.get("SABAQ_DEMO_BARE") != "1":
    ROOT_URLCONF = "sabaq.config.urls_demo"
    MIDDLEWARE = [
        "sabaq.web.demo.phone.SecondScreen",
        *MIDDLEWARE,
        "sabaq.web.demo.bar.DemoBar",
    ]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:editions"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "sabaq.web.office.accounts.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_PREVENT_ENUMERATION = True
# Such a message would invite to sign up, which nobody can; and strangers could send it to anyone.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = False  # ours are in the database and follow our clock: sabaq.web.limits
ACCOUNT_FORMS = {"request_login_code": "sabaq.web.office.account_forms.AskForCodeForm"}
ACCOUNT_SESSION_REMEMBER = False

SESSION_COOKIE_NAME = "sabaq_s"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sabaq.web.public.errors.csrf_failure"
PARTICIPANT_COOKIE = "sabaq_p"
PARTICIPANT_STAYS = timedelta(days=30)
SHARED_COOKIE = "sabaq_d"
CAPTIONS_COOKIE = "sabaq_c"
SHARED_STAYS = timedelta(minutes=10)
LINK_VALID_AFTER_EDITION = timedelta(days=180)
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_HSTS_SECONDS = 31536000 if TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
UPLOAD_LIMIT = 5_000_000

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LANGUAGE_COOKIE_NAME = "lang"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"
WHITENOISE_MAX_AGE = 60
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has a use for our styles

EMAIL_URL = os.environ.get("EMAIL_URL", "")
DEFAULT_FROM_EMAIL = os.environ.get("SABAQ_FROM", "sabaq@localhost")
EMAIL_BACKEND = "sabaq.adapters.mail.backend.ConfiguredBackend"

LOGGING_CONFIG = "sabaq.config.logs.configure"
# Not empty: Django leaves the function above uncalled for an empty one.
LOGGING: dict[str, object] = {"version": 1}
