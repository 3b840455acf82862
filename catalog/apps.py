from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Catalog")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from accounts.naming import when_renamed
        from merging.parts import rows_move, when_organizations_merge

        from .attention import ask_for_attention
        from .audit import record_changes
        from .listing.indexing import reindex_hosts_of, reindex_what_an_older_rule_wrote
        from .models import Activity

        record_changes()
        ask_for_attention()
        post_migrate.connect(reindex_what_an_older_rule_wrote, sender=self)
        when_renamed(reindex_hosts_of)
        when_organizations_merge(rows_move(Activity, "credited_to", _("activities that it proposed")))
