"""Refusals as they are told to who must not learn whom the station knows."""

from django.utils.translation import gettext as _

from registrations import errors
from registrations.admin.adding import refusal_words

# They follow from what a person has said of themselves before.
OF_THE_PERSON = (errors.AccountClosed, errors.MembersOnly, errors.MembersFirst, errors.ProfileIncomplete)


def neutral(refusal: errors.Refused) -> str:
    if isinstance(refusal, OF_THE_PERSON):
        return _("This person cannot be registered out of a list. Write to them, or ask the Secretariat.")
    return refusal_words(refusal)
