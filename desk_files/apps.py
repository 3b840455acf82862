from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskFilesConfig(AppConfig):
    name = "desk_files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from .exports import brings_and_leaves
        from .organizations import Organizations

        brings_and_leaves(Organizations())
