from .activity import Activity, Speaker
from .kept_file import KeptFile
from .material import Material
from .picture import Picture
from .session import Meeting, Session
from .topic import Topic
from .word import Word

__all__ = ["Activity", "KeptFile", "Material", "Meeting", "Picture", "Session", "Speaker", "Topic", "Word"]
