"""What of questions is written down when it changes, and by whom. Votes are not: they are nobody's business."""

from desk.audit import record

from .models import Board, Question, Report


def record_changes() -> None:
    record(Board)
    # The history would keep words that were taken back, and tell hosts names that they may not see yet.
    record(Question, without=["words", "registration", "answer"])
    record(Report, without=["words", "reason", "asker", "registration"])
