from .consent import Consent
from .organization import Organization
from .user import User

__all__ = ["Consent", "Organization", "User"]
