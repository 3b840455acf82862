"""Documents in a folder of this machine, out of reach of any address."""

import logging
from contextlib import suppress
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from .errors import StorageIsAway
from .headers import saying

logger = logging.getLogger("station.files")

# The proxy reads the folder under this address for itself alone (deploy/Caddyfile, deploy/nginx.conf).
INTERNAL = "/private-files/"


class Folder(FileSystemStorage):
    """A folder that no address leads to."""

    def url(self, name: str | None) -> str:
        raise ValueError("These files have no address of their own: our pages give them out.")

    def _save(self, name: str, content: File[bytes]) -> str:
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]  # Django's types leave it out
            return saved
        except OSError as error:
            logger.error("The folder of files does not take one: %s", error)
            with suppress(OSError):
                self.delete(name)  # a disk that is full keeps what it got
            raise StorageIsAway(str(error)) from error

    def download_response(self, name: str, headers: dict[str, str], method: str) -> HttpResponseBase:
        """The answer that brings the file to its reader. Raises FileNotFoundError."""
        if settings.FILES_SENT_BY != "proxy":
            return saying(FileResponse(self.open(name)), headers)
        if not self.exists(name):
            raise FileNotFoundError(name)
        return saying(HttpResponse(), {**headers, "X-Accel-Redirect": INTERNAL + quote(name)})
