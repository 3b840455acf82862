"""Why a change of a claim, or of a domain, was not made."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from texts import refusals

from .models import Claim


class Refused(refusals.Refused):
    pass


class ClaimEnded(Refused):
    words = _("This claim has ended: %(why)s.")

    def __init__(self, claim: Claim):
        self.why = claim.get_end_display()


class IsOwn(Refused):
    words = _("Nobody confirms for whom they act themselves. Ask a colleague.")


class OfAProvider(Refused):
    words = _("Anybody may have an address at %(domain)s: it says nothing of whom somebody acts for.")

    def __init__(self, domain: str):
        self.domain = domain


class NotADomain(Refused):
    words = _("“%(domain)s” is no e-mail domain. Write it as in an address, such as city.example.")

    def __init__(self, domain: str):
        self.domain = domain


class KnownAlready(Refused):
    words = _("%(organization)s has this domain already.")

    def __init__(self, organization: Organization):
        self.organization = organization
