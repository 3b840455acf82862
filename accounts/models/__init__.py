from .code import CodeAsked, CodeTries
from .consent import Consent
from .organization import Organization
from .organization_name import OrganizationName
from .user import User

__all__ = ["CodeAsked", "CodeTries", "Consent", "Organization", "OrganizationName", "User"]
