"""What the page of a certificate shows to whoever has its code, and what more to its owner and to staff of its host."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import clock_words
from accounts.models import User
from catalog.models import Activity
from outbox.links import link_to

from . import access
from .actions.naming import corrected_until, may_still_correct
from .companions import Offer, offers_of
from .editions import newest_of
from .facts import Facts, in_its_language
from .models import Certificate
from .names_alike import same_name, tells_of


class Standing(TextChoices):
    """What counts first is told first: a certificate that was withdrawn is that, whoever was erased."""

    VALID = "valid", _("Valid")
    REPLACED = "replaced", _("Replaced by a newer edition")
    WITHDRAWN = "withdrawn", _("Withdrawn: no longer valid")
    ERASED = "erased", _("The person’s data were erased at their wish")


def standing_of(certificate: Certificate) -> Standing:
    if certificate.withdrawn_at:
        return Standing.WITHDRAWN
    if certificate.replaced_at:
        return Standing.REPLACED
    return Standing.ERASED if certificate.erased_at else Standing.VALID


@dataclass
class CheckPage:
    """Nothing of the person but the name, and that only as the owner and the standing allow."""

    certificate: Certificate
    reader: User | None
    now: datetime

    @cached_property
    def said(self) -> Facts:
        return self.certificate.said

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.certificate)

    @property
    def is_replaced(self) -> bool:
        return self.standing == Standing.REPLACED

    @cached_property
    def newest(self) -> Certificate:
        """The edition to which this one leads; itself where it was not replaced."""
        return newest_of(self.certificate)

    # Who reads

    @cached_property
    def is_own(self) -> bool:
        return self.reader is not None and access.is_owner(self.certificate, self.reader)

    @cached_property
    def is_of_staff(self) -> bool:
        return self.reader is not None and access.may_look(self.reader, self.certificate)

    # The name

    @property
    def name(self) -> str:
        """As this reader may see it. One that was corrected is shown to nobody: the newest edition has the right one."""
        if self.is_replaced or self.asks_name:
            return ""
        return self.said.name

    @property
    def asks_name(self) -> bool:
        """Whether the owner hides the name, so that who checks it types what stands on the document."""
        hides = self.certificate.name_hidden and bool(self.said.name) and not self.is_replaced
        return hides and not self.is_own and not (self.is_of_staff and access.host_may_know(self.certificate))

    def is_name(self, typed: str) -> bool:
        return self.asks_name and same_name(typed, self.said.name)

    # Facts, in the language of the page

    @property
    def kind(self) -> str:
        return self.said.kind_words

    @property
    def format(self) -> str:
        return str(Activity.Format(self.said.format).label).capitalize()

    @property
    def title(self) -> SafeString | str:
        return in_its_language(self.said.titles)

    @property
    def host(self) -> SafeString | str:
        return in_its_language(self.said.hosts)

    @property
    def post(self) -> SafeString | str:
        return in_its_language(self.said.posts)

    @property
    def days(self) -> str:
        """On the host's clock."""
        return clock_words.days(self.said.first_day, self.said.last_day)

    @property
    def length(self) -> str:
        """“3 meetings · 4 hours”."""
        said = self.said
        meetings = ngettext("%(count)d meeting", "%(count)d meetings", said.meetings) % {
            "count": said.meetings
        }
        parts = [
            meetings if said.meetings > 1 else "",
            clock_words.length(said.minutes) if said.minutes else "",
        ]
        return " · ".join(part for part in parts if part)

    @property
    def granted(self) -> str:
        """Why the host granted it: not where it names whom this page does not name."""
        said = self.said
        if self.is_replaced or (self.asks_name and tells_of(said.granted, said.name)):
            return ""
        return said.granted

    @property
    def rule(self) -> str:
        """What was met. Not of an erased person: why something was granted is forgotten then, and that it was."""
        return "" if self.certificate.erased_at else self.said.rule_words

    @property
    def checked_at(self) -> str:
        """Now, on the clock of nobody: who checks may be anywhere."""
        return clock_words.moment(self.now.astimezone(ZoneInfo("UTC")))

    # What the owner can do

    @property
    def address(self) -> str:
        """As it stands in a CV: in the language of the page."""
        return link_to(self.certificate)

    @property
    def offers(self) -> list[Offer]:
        """What other rooms give the owner beside the document."""
        return offers_of(self.certificate)

    @property
    def host_email(self) -> str:
        """To whom one writes now: the host's address may have changed since."""
        host = self.certificate.registration.session.activity.host
        return host.email if host else ""

    @property
    def correction_ends(self) -> str:
        return clock_words.day(timezone.localtime(self.corrected_until))

    @cached_property
    def corrected_until(self) -> datetime:
        return corrected_until(self.with_editions)

    @cached_property
    def with_editions(self) -> Certificate:
        """Knows the editions before it."""
        newest_of(self.certificate)
        return self.certificate

    @property
    def may_correct(self) -> bool:
        return self.is_own and self.certificate.is_valid and may_still_correct(self.with_editions, self.now)
