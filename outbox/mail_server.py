"""Django's MAILERS setting from one address, as EMAIL_URL has it. Read by the settings, so it knows nothing of the apps."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = ("smtp", "smtp+tls", "smtps")


def mailers(url: str, *, timeout: int, folder: Path) -> dict[str, object]:
    """Letters go to the mail server at `url`, which is waited for `timeout` seconds; without one, into files in `folder`."""
    if not url:
        return backend("filebased", file_path=folder)
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL is smtp://host:25, smtp+tls://user:password@host:587 or smtps://user:password@host:465, "
            "with special characters encoded (@ is %40)."
        )
    return backend(
        "smtp",
        host=parts.hostname,
        port=parts.port,  # without one, the usual port of the scheme
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
        timeout=timeout,
    )


def backend(name: str, **options: object) -> dict[str, object]:
    return {"default": {"BACKEND": f"django.core.mail.backends.{name}.EmailBackend", "OPTIONS": options}}
