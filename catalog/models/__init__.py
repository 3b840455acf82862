from .activity import Activity
from .material import Material
from .picture import Picture
from .session import Meeting, Session
from .topic import Topic
from .word import Word

__all__ = ["Activity", "Material", "Meeting", "Picture", "Session", "Topic", "Word"]
