"""Documents in a bucket of an S3-compatible storage. Loaded only where FILES_URL names one: boto3 takes its time.

What people may have, they fetch from the storage by an address that is signed for that file, name and method, and good for
a moment. Everything else that we ask of it ends in limited time (files/address.py).
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from django.conf import settings
from django.core.files.base import File
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from storages.backends.s3 import S3Storage

from page_cache.breaker import Breaker

from .address import Patience
from .errors import StorageIsAway
from .headers import content_type
from .uploads import LARGEST_MATERIAL

logger = logging.getLogger("station.files")

NO_ANSWER = (ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError)
# A long name in a far script, encoded twice, or a role's token makes it longer than Django's usual 2048.
LONGEST_ADDRESS = 8192
QUIET_FOR = 5.0  # seconds in which nobody of this process asks a storage that gave no answer
# What an address can tell the storage to say of a file (S3's GetObject, “response-…”); the rest is the storage's own.
SAID_BY_ADDRESS = {
    "Content-Type": "ResponseContentType",
    "Content-Disposition": "ResponseContentDisposition",
    "Cache-Control": "ResponseCacheControl",
}


@cache
def breaker_of(endpoint: str) -> Breaker:
    return Breaker(QUIET_FOR)


class Bucket(S3Storage):
    """A bucket that only signed addresses lead to. Raises StorageIsAway from whatever it asks."""

    def __init__(self, *, patience: Patience, addressing_style: str, **options: object) -> None:
        super().__init__(
            **options,
            session_profile=None,
            security_token=None,
            default_acl=None,
            file_overwrite=True,  # names are drawn by lot: asking first whether one is taken would be one round more
            client_config=Config(
                signature_version="s3v4",
                s3={"addressing_style": addressing_style},
                connect_timeout=patience.connect,
                read_timeout=patience.read,
                retries={"total_max_attempts": patience.tries, "mode": "standard"},
                # Newer sums are not known to every storage that speaks S3; TLS guards the way.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            # In one piece, so that it is there whole or not at all; and in our own thread.
            transfer_config=TransferConfig(multipart_threshold=2 * LARGEST_MATERIAL, use_threads=False),
        )
        self.breaker = breaker_of(self.endpoint_url)

    @contextmanager
    def asking(self) -> Iterator[None]:
        if self.breaker.is_open():
            raise StorageIsAway("It gave no answer a moment ago.")
        try:
            yield
        except FileNotFoundError:
            self.breaker.answered()
            raise
        except (BotoCoreError, Boto3Error, ClientError) as error:
            if isinstance(error, NO_ANSWER):
                self.breaker.no_answer()
            else:
                self.breaker.answered()
            logger.error("The storage of files does not do as asked: %s", error)
            raise StorageIsAway(str(error)) from error
        self.breaker.answered()

    def get_object_parameters(self, name: str) -> dict[str, str]:
        """What the object says of itself, should anybody ever reach it without us."""
        return {
            "ContentType": content_type(name),
            "ContentDisposition": "attachment",
            "CacheControl": "private, no-store",
        }

    def url(self, name: str | None, *args: Any, **more: Any) -> str:
        raise ValueError("These files have no address of their own: our pages give them out.")

    def download_response(self, name: str, headers: dict[str, str], method: str) -> HttpResponseBase:
        """The answer that sends its reader to the storage, for this file alone. Raises FileNotFoundError."""
        if not self.exists(name):
            raise FileNotFoundError(name)
        said = {
            SAID_BY_ADDRESS[header]: value for header, value in headers.items() if header in SAID_BY_ADDRESS
        }
        lives = int(settings.FILES_ADDRESS_LIVES.total_seconds())
        # The signature covers the method, so that an address for GET answers no HEAD.
        address = super().url(name, parameters=said, expire=lives, http_method=method)
        return HttpResponseRedirect(
            address, max_length=LONGEST_ADDRESS, headers={"Cache-Control": "private, no-store"}
        )

    def exists(self, name: str) -> bool:
        with self.asking():
            return super().exists(name)

    def delete(self, name: str) -> None:
        with self.asking():
            super().delete(name)

    def size(self, name: str) -> int:
        with self.asking():
            return super().size(name)

    def get_modified_time(self, name: str) -> datetime:
        with self.asking():
            return super().get_modified_time(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self.asking():
            return super().listdir(path)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        """Read whole and at once: a storage that falls silent does so here, not under who reads."""
        with self.asking():
            try:
                response = self.bucket.Object(self._normalize_name(name)).get()
            except ClientError as error:
                if error.response["Error"]["Code"] != "NoSuchKey":
                    raise
                raise FileNotFoundError(name) from error
            return File(io.BytesIO(response["Body"].read()), name)

    def _save(self, name: str, content: File[bytes]) -> str:
        with self.asking():
            return super()._save(name, content)
