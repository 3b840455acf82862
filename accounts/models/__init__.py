from .code import CodeAsked, CodeTries
from .consent import Consent
from .former_address import FormerAddress
from .organization import Organization
from .organization_name import OrganizationName
from .user import User

__all__ = [
    "CodeAsked",
    "CodeTries",
    "Consent",
    "FormerAddress",
    "Organization",
    "OrganizationName",
    "User",
]
