"""The codes on the screen: six characters that anybody can type, worked out from the meeting and the half minute."""

import unicodedata
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

STEP = timedelta(seconds=30)
LENGTH = 6
# Crockford's: without I, L, O and U, which are taken for others or make words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
SALT = "attendance.check_in.code"


def step_at(moment: datetime) -> int:
    return int(moment.timestamp() // STEP.total_seconds())


def next_step(moment: datetime) -> datetime:
    """When the code that is shown then gives way."""
    return datetime.fromtimestamp((step_at(moment) + 1) * STEP.total_seconds(), moment.tzinfo)


def code_at(meeting: int, moment: datetime) -> str:
    return code_of(meeting, step_at(moment))


def code_of(meeting: int, step: int) -> str:
    digest = salted_hmac(SALT, f"{meeting}:{step}", algorithm="sha256").digest()
    number = int.from_bytes(digest[:8])
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def opens(code: str, meeting: int, moment: datetime) -> bool:
    """Whether this is the meeting's code, or the one before it: who types is late, and so is the screen of a slow call."""
    step = step_at(moment)
    # Both are compared, whatever the first says: how long it takes tells nothing.
    found = [constant_time_compare(code, code_of(meeting, one)) for one in (step, step - 1)]
    return any(found)


def typed(text: str) -> str:
    """The code that somebody meant: in any case, with blanks or dashes, O for 0 and I or L for 1, in full-width letters,
    with digits of any script; out of the whole address, too, as some readers of QR codes give it."""
    last = text.strip().rstrip("/").rpartition("/")[2]
    letters = []
    for one in unicodedata.normalize("NFKC", last).upper():
        digit = unicodedata.decimal(one, None)
        letters.append(one if digit is None else str(digit))
    plain = "".join(letters).translate(LOOK_ALIKES)
    return "".join(one for one in plain if one.isascii() and one.isalnum())


def in_two(code: str) -> str:
    """“K7P 3QX”: read aloud, and copied, in two halves."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"
