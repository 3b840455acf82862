"""The desk's page of topics. Those of activities and sessions tell of many rooms: `staff/`."""

from . import topics

__all__ = ["topics"]
