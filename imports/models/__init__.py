from .entry import Entry
from .people_import import Import

__all__ = ["Entry", "Import"]
