from .attachment import Attachment
from .call import Call, Criterion
from .co_proposer import CoProposer
from .decision import Decision
from .history import HistoryLine
from .message import Message
from .proposal import Proposal
from .review import Review, Score
from .revision import Revision

__all__ = [
    "Attachment",
    "Call",
    "CoProposer",
    "Criterion",
    "Decision",
    "HistoryLine",
    "Message",
    "Proposal",
    "Review",
    "Revision",
    "Score",
]
