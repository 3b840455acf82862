from .activity import Activity, Speaker
from .material import Material
from .session import Meeting, Session
from .topic import Topic
from .word import Word

__all__ = ["Activity", "Material", "Meeting", "Session", "Speaker", "Topic", "Word"]
