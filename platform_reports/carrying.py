"""What was read rides along with the page that shows it, so that nothing is stored before staff say so."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.core.signing import BadSignature, TimestampSigner

from catalog.models import Meeting

from . import errors

CARRIED_FOR = timedelta(days=1)
# Of characters: with what else stands in the form it is less than a form may hold (DATA_UPLOAD_MAX_MEMORY_SIZE).
CARRIED_AT_MOST = 2_000_000


@dataclass(frozen=True)
class Carried:
    """A file as it came, or a pasted text as UTF-8."""

    content: bytes
    file_name: str = ""
    is_pasted: bool = False

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def packed(carried: Carried, meeting: Meeting) -> str:
    """Raises TooLarge."""
    head = json.dumps([carried.file_name, carried.is_pasted]).encode()
    text = urlsafe_b64encode(zlib.compress(head + b"\n" + carried.content, 9)).decode()
    if len(text) > CARRIED_AT_MOST:
        raise errors.TooLarge
    return signer(meeting).sign(text)


def unpacked(text: str, meeting: Meeting) -> Carried:
    """Raises CarriedTooLong, also for what was not packed here for this meeting."""
    try:
        signed = signer(meeting).unsign(text, max_age=CARRIED_FOR)
    except BadSignature as error:
        raise errors.CarriedTooLong from error
    head, _line, content = zlib.decompress(urlsafe_b64decode(signed)).partition(b"\n")
    file_name, is_pasted = json.loads(head)
    return Carried(content, file_name, is_pasted)


def signer(meeting: Meeting) -> TimestampSigner:
    return TimestampSigner(salt=f"platform report of meeting {meeting.pk}")
