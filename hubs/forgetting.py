"""What a host's room holds of a person, when they are erased: contacts of agreements, and messages they wrote to hosts."""

from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.forgetting import emails_of, names_of
from accounts.models import User
from outbox.actions import forget_text
from outbox.models import Letter

from .models import Contact


def forget_person(person: User, now: datetime) -> None:
    """Contacts that are the person, or carry their name or an e-mail address of theirs, go. A message to a host was theirs
    alone: the letter that brought it keeps to whom it went and when.
    """
    emails = emails_of(person)
    names = [name.lower() for name in names_of(person)]
    contacts = Contact.objects.annotate(lower=Lower("email"), lower_name=Lower("name"))
    person.hosts.clear()
    for contact in contacts.filter(Q(person=person) | Q(lower__in=emails) | Q(lower_name__in=names)):
        contact.delete()
    letters = Letter.objects.filter(kind="host_message").annotate(lower=Lower("reply_to"))
    forget_text(letters.filter(lower__in=emails))
