"""What undoing would come to, before it is done: who was told nothing, who is written to, and what it cannot take back."""

from datetime import datetime

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from hubs.scope import sees_all_hosts
from outbox.models import Letter
from registrations.states import STANDING

from .kinds import of_session
from .models import Import

SHOWN = 20


class UndoOutlook:
    def __init__(self, of: Import, now: datetime, *, reader: User) -> None:
        self.of, self.now = of, now
        registered = of.entries.registered().filter(registration__isnull=False)
        standing = registered.filter(registration__state__in=STANDING)
        stays = Q(registration__attendance__isnull=False) | Q(registration__certificates__isnull=False)
        left = Letter.objects.filter(
            about=Concat(Value("registration "), Cast(OuterRef("registration"), CharField())),
            written_at__gte=OuterRef("at"),
            state__in=[Letter.State.SENT, Letter.State.CLAIMED],
        )
        self.kept = [
            str(entry.registration.seen)
            for entry in registered.filter(stays).distinct().select_related("registration__person")[:SHOWN]
            if entry.registration
        ]
        self.is_over = now >= of_session(of).ends_at
        anew = of.entries.anew().exclude(pk__in=registered.filter(stays).values("pk"))
        self.anew = [
            str(entry.registration.seen)
            for entry in anew.select_related("registration__person")[:SHOWN]
            if entry.registration
        ]
        free = standing.exclude(pk__in=registered.filter(stays).values("pk")).exclude(
            pk__in=anew.values("pk")
        )
        free = free.none() if self.is_over else free
        self.told = free.filter(Exists(left)).count()
        self.untold = free.exclude(Exists(left)).count()
        signed_in = registered.filter(made_account=True, registration__person__last_login__gte=F("at"))
        # Who does not see the whole station learns nothing of accounts.
        self.signed_in = (
            [
                str(entry.registration.person)
                for entry in signed_in.select_related("registration__person")[:SHOWN]
                if entry.registration
            ]
            if sees_all_hosts(reader)
            else []
        )
