"""What people say to each other around a meeting."""

from .board import Board
from .question import Question, QuestionQuerySet
from .report import Report
from .vote import Vote

__all__ = ["Board", "Question", "QuestionQuerySet", "Report", "Vote"]
