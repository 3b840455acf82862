from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """The five regions of the association, by the seats of its regional secretariats.

    Mexico belongs to North America here. Which region an organization is in is data that staff can correct.
    """

    AFRICA = "africa", _("Africa")
    ASIA_PACIFIC = "asia-pacific", _("Asia-Pacific")
    EUROPE = "europe", _("Europe")
    LATIN_AMERICA_CARIBBEAN = (
        "latin-america-caribbean",
        _("Latin America and the Caribbean"),
    )
    NORTH_AMERICA = "north-america", _("North America")
