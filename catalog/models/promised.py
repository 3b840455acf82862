"""What a session promised: its hours on the host's clock, and which table of time zones told their moments in UTC.

A moment in UTC follows from the hour on the host's clock, and a new table may make it follow otherwise. So each row keeps,
for each of its moments, what was promised:

    {"starts_at": {"local": "2026-12-08T16:00:00+01:00", "zone": "Africa/Casablanca", "table": "2026f"}}

`local` is the hour on the host's clock with the offset that the table gave it (ISO 8601). An empty `table` is one that is
not known: then `local` is told in UTC. A promise counts for the moment that it was made for, and for no other.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from accounts.zones import table_version

type Promise = dict[str, str]


def promise(moment: datetime, zone: str) -> Promise:
    """The hour at which the clocks of `zone` show `moment`, by the table of today."""
    return {"local": moment.astimezone(ZoneInfo(zone)).isoformat(), "zone": zone, "table": table_version()}


def still_counts(known: Promise | None, moment: datetime, zone: str) -> bool:
    """Whether what is known was promised for this moment in this zone."""
    return known is not None and known["zone"] == zone and datetime.fromisoformat(known["local"]) == moment


class Promises(models.JSONField):
    """Kept up whenever the row is saved: a moment that stays keeps its promise, a new moment is promised anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        facts: dict[str, Any] = {"default": dict, "db_default": {}, "editable": False} | kwargs
        super().__init__(*args, **facts)

    def pre_save(self, model_instance: Any, add: bool) -> dict[str, Promise]:
        promised: dict[str, Promise] = {}
        for name in model_instance.PROMISED:
            moment = getattr(model_instance, name)
            if moment is None:
                continue
            known = getattr(model_instance, self.attname).get(name)
            zone = model_instance.promised_in
            promised[name] = known if still_counts(known, moment, zone) else promise(moment, zone)
        setattr(model_instance, self.attname, promised)
        return promised


class WithPromises(models.Model):
    """A row with hours on a host's clock. It says which, and in which zone (`promised_in`)."""

    PROMISED: tuple[str, ...] = ()
    promised = Promises()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None and not {"timezone", *self.PROMISED}.isdisjoint(update_fields):
            update_fields = {*update_fields, "promised"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def promised_in(self) -> str:
        raise NotImplementedError


def offset_promised(known: Promise) -> timedelta | None:
    """What the host's clock differed from UTC by when the hour was promised; None where the table is not known."""
    return datetime.fromisoformat(known["local"]).utcoffset() if known["table"] else None
