from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskFilesConfig(AppConfig):
    name = "desk_files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from . import letter_kinds  # noqa: F401 - names them
        from .activities import Activities
        from .exports import brings_and_leaves
        from .organizations import Organizations
        from .people import People

        brings_and_leaves(Activities())
        brings_and_leaves(Organizations())
        brings_and_leaves(People())
