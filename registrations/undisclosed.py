"""Who somebody is to the host of a session who does not see yet who it is."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import ClassVar


@dataclass(frozen=True)
class UndisclosedPerson:
    """Somebody whom staff registered by an e-mail address alone, and who has not agreed yet that the host sees more.

    Has what lists and pages ask of a person: all but the e-mail address is empty.
    """

    email: str
    post: str = ""
    language: str = ""
    organization: None = None
    organization_name: str = ""
    country: ClassVar = SimpleNamespace(name="")

    @property
    def name(self) -> str:
        return self.email

    def get_profile_display(self) -> str:
        return ""

    def __str__(self) -> str:
        return self.email
