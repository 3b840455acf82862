"""What of proposals the history of the station writes down: the calls. A proposal has a history of its own."""

from desk.audit import record

from .models import Call, Criterion


def record_changes() -> None:
    record(Call, many=["hosts"])
    record(Criterion)
