"""A certificate as a PDF: made when it is asked for, from its facts alone, and the same each time."""

import base64
import struct
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts import clock_words
from attendance.check_in import qr
from catalog.certificate_rule import Certificate as Kind
from catalog.models import Activity
from outbox.templates import isolated
from papers import Attachment, Promise, Unprintable, drawn, in_serif, printable

from .facts import LANGUAGES, Facts, Words


def document(
    facts: Facts,
    *,
    code: str,
    edition: int,
    address: str,
    issued_at: datetime,
    language: str,
    signature: bytes | None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """`address` is that of the check page, `signature` a PNG. Raises papers.Unprintable where a letter of a name or a title
    has no font: nobody's name is written with question marks."""
    for text in frozen(facts):
        if not printable(text):
            raise Unprintable(f"No font has all letters of {text!r}.")
    with translation.override(language):
        heading = heading_of(facts)
        data = {
            "format": facts.format,
            "station": _("Learning Station"),
            "heading": heading,
            "awarded": pgettext("certificate, before the name", "awarded to"),
            "name": facts.name,
            "reason": reason(facts),
            "title_words": facts.title,
            "title_language": language_of(facts.titles),
            "facts": facts_shown(facts),
            "meetings": facts.meetings,
            "venue": facts.venue,
            "days": days(facts),
            "condition": condition(facts),
            "signatory": {"name": facts.signed_by, "post": facts.post},
            "signature": picture(signature, facts.signed_by),
            "issued": _("Issued on %(day)s") % {"day": day_of(issued_at, facts)},
            "edition": edition_words(edition),
            "check": check(code, address),
        }
        data |= {f"{part}_in_serif": in_serif(str(data[part])) for part in ("station", "heading", "name")}
        return drawn(
            f"credentials/papers/{design(facts)}.typ",
            data,
            title=f"{heading}: {isolated(facts.name)}",
            subject=facts.title,
            author=facts.host,
            country=facts.country,
            drawings={"qr": qr_drawing(address), "signature": signature_drawing(signature)},
            attachments=attachments,
            promise=Promise.READABLE_AND_KEPT,
            now=issued_at,
        )


def frozen(facts: Facts) -> list[str]:
    """What people typed, as it is shown in the active language and in any other."""
    posts = facts.signatory["posts"]
    assert isinstance(posts, dict)
    several = (*facts.titles.values(), *facts.hosts.values(), *posts.values())
    return [facts.name, facts.venue, facts.granted, facts.signed_by, *several]


def design(facts: Facts) -> str:
    if facts.format == Activity.Format.IN_PERSON_PROGRAM:
        return "program"
    return "completion" if facts.kind == Kind.COMPLETION else "participation"


def heading_of(facts: Facts) -> str:
    if facts.kind == Kind.COMPLETION:
        return _("Certificate of completion")
    return _("Certificate of participation")


def reason(facts: Facts) -> str:
    """What stands between the name and the title."""
    match facts.kind == Kind.COMPLETION, facts.format:
        case True, Activity.Format.WEBINAR:
            return pgettext("certificate", "for completing the webinar")
        case True, Activity.Format.ONLINE_COURSE:
            return pgettext("certificate", "for completing the online course")
        case True, _format:
            return pgettext("certificate", "for completing the in-person program")
        case _kind, Activity.Format.WEBINAR:
            return pgettext("certificate", "for taking part in the webinar")
        case _kind, Activity.Format.ONLINE_COURSE:
            return pgettext("certificate", "for taking part in the online course")
        case _:
            return pgettext("certificate", "for taking part in the in-person program")


def language_of(words: Words) -> str:
    """Of the words that are shown."""
    wanted = translation.get_language() or "en"
    return next((code for code in (wanted, *LANGUAGES) if words.get(code)), "en")


def facts_shown(facts: Facts) -> list[dict[str, str]]:
    """An in-person program has its days and its place in the heading."""
    shown = [(pgettext("certificate", "Offered by"), facts.host)]
    if design(facts) != "program":
        shown.append((pgettext("certificate", "When"), days(facts)))
    if facts.minutes:
        shown.append((pgettext("certificate", "Duration"), duration(facts)))
    return [{"label": label, "words": words} for label, words in shown]


def days(facts: Facts) -> str:
    return clock_words.days(facts.first_day, facts.last_day)


def duration(facts: Facts) -> str:
    """“7 h 30 min in 5 meetings”."""
    length = clock_words.length(facts.minutes)
    if facts.meetings < 2:
        return length
    return ngettext("%(length)s in %(count)d meeting", "%(length)s in %(count)d meetings", facts.meetings) % {
        "length": length,
        "count": facts.meetings,
    }


def condition(facts: Facts) -> str:
    """What the person did for it; or why staff granted it, which shows."""
    if facts.granted:
        return _("Granted by the host: %(reason)s") % {"reason": isolated(facts.granted)}
    if facts.rule is None:
        return ""
    return _("Condition met: %(rule)s") % {"rule": facts.rule_words}


def day_of(moment: datetime, facts: Facts) -> str:
    """On the host's clock."""
    return clock_words.day(moment.astimezone(ZoneInfo(facts.zone)))


def edition_words(edition: int) -> str:
    if edition == 1:
        return ""
    return _("Edition %(edition)d, replaces edition %(before)d") % {"edition": edition, "before": edition - 1}


def check(code: str, address: str) -> dict[str, object]:
    return {
        "words": _("Check this certificate here:"),
        "address": address,
        "shown": address.partition("://")[2],
        "code": pgettext("certificate", "Code: %(code)s") % {"code": isolated(code)},
        "alt": _("QR code with the address %(address)s") % {"address": address},
        "quiet": qr.QUIET / len(qr.matrix(address)),
    }


def qr_drawing(address: str) -> str:
    modules = qr.matrix(address)
    return svg(len(modules), len(modules), f'<path d="{qr.path(modules)}"/>')


def picture(png: bytes | None, name: str) -> dict[str, object] | None:
    if png is None:
        return None
    width, height = size_of(png)
    return {"ratio": width / height, "alt": _("Signature of %(name)s") % {"name": name}}


def signature_drawing(png: bytes | None) -> str:
    """The picture within a drawing, because what a paper is given is text."""
    if png is None:
        return ""
    width, height = size_of(png)
    picture = base64.b64encode(png).decode("ascii")
    return svg(
        width, height, f'<image width="{width}" height="{height}" href="data:image/png;base64,{picture}"/>'
    )


def size_of(png: bytes) -> tuple[int, int]:
    """As its head tells it (PNG, 11.2.1)."""
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


def svg(width: int, height: int, content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{content}</svg>'
