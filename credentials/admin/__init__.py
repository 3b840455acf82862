"""The desk's pages of this room. What of certificates is done with a session stands in `views/`."""

from . import certificates, signatories

__all__ = ["certificates", "signatories"]
