"""Under which addresses and names people come to calls, learned from what staff decide."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from accounts.models import User

from ..matching import Listed
from ..models import Alias, Trace
from ..reading import folded

# What devices and programs call whoever did not say a name: it would be somebody else's next time.
NOBODYS_NAMES = {
    "android", "galaxy", "guest", "host", "huawei", "ipad", "iphone", "laptop", "macbook", "mobile", "pc", "phone",
    "samsung", "tablet", "user", "webex", "xiaomi", "zoom", "invitado", "invite", "usuario", "utilisateur",
}  # fmt: skip


def learn(traces: Iterable[Trace], among: Listed, *, by: User, now: datetime) -> None:
    """Of those that staff decided the address is learned, else the name. An address is one person's: decided anew it is the
    new one's."""
    new: dict[tuple[str, str, int], Alias] = {}
    for trace in traces:
        name = folded(trace.name)[:200]
        if trace.how != Trace.How.STAFF or trace.registration_id is None:
            continue
        if not (trace.email or is_a_name(name)):
            continue
        person = among.registrations[trace.registration_id].person_id
        email, name = (trace.email, "") if trace.email else ("", name)
        new[email, name, 0 if email else person] = Alias(
            person_id=person, email=email, name=name, learned_at=now, learned_by=by, used_at=now
        )
    Alias.objects.filter(email__in={alias.email for alias in new.values()} - {""}).delete()
    Alias.objects.bulk_create(new.values(), ignore_conflicts=True)


def unlearn(traces: Iterable[Trace]) -> None:
    """What was learned from decisions about these traces, before they are decided otherwise."""
    learned = Q(pk__in=[])
    for trace in traces:
        name = folded(trace.name)[:200]
        # Without address and letters nothing was learned: an alias without a name is one of an address.
        if trace.how == Trace.How.STAFF and trace.registration and (trace.email or name):
            alias = Q(email=trace.email) if trace.email else Q(name=name)
            learned |= alias & Q(person=trace.registration.person_id)
    Alias.objects.filter(learned).delete()


def use(aliases: Iterable[Alias], *, now: datetime) -> None:
    Alias.objects.filter(pk__in=[alias.pk for alias in aliases]).update(used_at=now)


def is_a_name(name: str) -> bool:
    """Whether it can tell a person: not a number, and not what a device is called."""
    words = [word for word in name.split() if any(map(str.isalpha, word))]
    return bool(words) and not set(words) <= NOBODYS_NAMES
