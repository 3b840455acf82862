"""The desk's pages of this room. What of certificates is done with a session stands in `views/`."""

from . import signatories

__all__ = ["signatories"]
