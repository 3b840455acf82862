"""What a page, or a letter, says of something to read or watch: the same words wherever it is named."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from files.uploads import extension_of
from texts.languages import language_name

from .models import Material


@dataclass(frozen=True)
class MaterialShown:
    material: Material
    opens: bool  # for whoever reads this

    @property
    def address(self) -> str:
        return self.material.address

    @property
    def for_whom(self) -> str:
        """Why it does not open."""
        if self.opens:
            return ""
        if self.material.shown_to == Material.Audience.ATTENDED:
            return _("for people who attended")
        return _("for people registered")

    @property
    def facts(self) -> list[str]:
        """“recording”, “after the session”, “PDF”, “2.1 MB”, “French”: each runs in its own direction."""
        material = self.material
        facts = [
            self.for_whom,
            _("recording") if material.is_recording else "",
            material.get_meant_for_display() if material.meant_for != Material.MeantFor.ANY else "",
            # So that nobody on a slow line begins unawares.
            extension_of(material.file_name).upper() if material.file else "",
            filesizeformat(material.file_size) if material.file else "",
            language_name(material.language) if material.language else "",
        ]
        return [str(fact) for fact in facts if fact]


def to_everyone(materials: Iterable[Material]) -> list[MaterialShown]:
    """As a stranger reads them: what is for everyone opens, of everything else there is a title."""
    return [MaterialShown(material, opens=material.is_for_everyone) for material in materials]
