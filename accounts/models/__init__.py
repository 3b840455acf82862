from .code import CodeAsked, CodeTries
from .consent import Consent
from .organization import Organization
from .user import User

__all__ = ["CodeAsked", "CodeTries", "Consent", "Organization", "User"]
