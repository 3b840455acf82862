"""Where documents lie, from one address, as FILES_URL has it. Read by the settings, so it knows nothing of the apps."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"s3": "https", "s3+http": "http"}
# What S3 allows, and a little more, since others allow it (Amazon S3 User Guide, “General purpose bucket naming rules”).
BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]")
# How the bucket is named to the storage: before the host's name, or behind it.
STYLES = {"path": "path", "host": "virtual"}
EXAMPLE = (
    "It is s3://KEY:SECRET@host/bucket?region=eu-west-1, with special characters of the key and the secret encoded "
    "(/ is %2F, + is %2B)."
)


@dataclass(frozen=True)
class Patience:
    """How long the storage may stay silent, in seconds, and how often one question is asked."""

    connect: float
    read: float
    tries: int


# By what the process is for (learning_station/work.py). On a page a person waits, and one of few threads.
PATIENCE = {
    "web": Patience(connect=2, read=5, tries=1),
    "worker": Patience(connect=5, read=30, tries=3),
    "migrations": Patience(connect=5, read=10, tries=1),
    "command": Patience(connect=5, read=60, tries=3),
}


def private_files(url: str, *, folder: Path, kind: str, production: bool) -> dict[str, object]:
    """Django's entry of STORAGES: the bucket at `url`; without one, `folder`. `kind` is a key of PATIENCE.

    Raises ImproperlyConfigured, without a word of the secret.
    """
    if not url:
        return {"BACKEND": "files.folder.Folder", "OPTIONS": {"location": folder}}
    parts = parsed(url)
    if production and parts.scheme != "s3":
        raise unusable(
            "People’s browsers fetch documents from there: in production that is s3://…, with TLS."
        )
    bucket, _slash, prefix = parts.path.removeprefix("/").partition("/")
    options = options_of(parts)
    return {
        "BACKEND": "files.bucket.Bucket",
        "OPTIONS": {
            "endpoint_url": f"{SCHEMES[parts.scheme]}://{parts.netloc.rpartition('@')[2]}",
            "bucket_name": bucket,
            "location": unquote(prefix).strip("/"),
            "region_name": options.get("region", "us-east-1"),
            "addressing_style": STYLES[options.get("style", "path")],
            # None of both: the machine itself is trusted by the storage (a role), as boto3 finds out.
            "access_key": unquote(parts.username) if parts.username else None,
            "secret_key": unquote(parts.password) if parts.password else None,
            "patience": PATIENCE[kind],
        },
    }


def parsed(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it raises when it is no number
    except ValueError:
        raise unusable("Host or port cannot be read.") from None  # Python would quote a part of the secret
    if parts.scheme not in SCHEMES:
        raise unusable("It begins with s3://.")
    if not parts.hostname:
        raise unusable("It names no host.")
    if bool(parts.username) != bool(parts.password):
        raise unusable("It has a key without a secret, or a secret without a key.")
    if not BUCKET.fullmatch(parts.path.removeprefix("/").partition("/")[0]):
        raise unusable("It names no bucket, or one that cannot be, after the host.")
    if parts.fragment:
        raise unusable("It holds a #, which is written %23.")
    return parts


def options_of(parts: SplitResult) -> dict[str, str]:
    try:
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        raise unusable("What stands after the ? cannot be read.") from None
    if set(options) - {"region", "style"} or options.get("style", "path") not in STYLES:
        raise unusable("After the ? it knows region=… and style=path or style=host.")
    return options


def unusable(sentence: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"FILES_URL cannot be used. {sentence} {EXAMPLE}")
