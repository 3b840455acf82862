"""Words of other packages that reach the desk: untranslated in one of our languages, or worded for programs.

Our own catalogs come before those of the packages, so naming the words here lets `translations collect` ask for them. What
is worded anew in English stands in OUR_ENGLISH, of which `translations compile` makes the English catalog.
"""

from django.utils.translation import gettext_noop

WORDS = (
    # django.contrib.admin
    gettext_noop("Run"),
    gettext_noop("Welcome,"),
    gettext_noop("Filter by %(field_name)s"),
    # auditlog
    gettext_noop("access"),
    gettext_noop("action"),
    gettext_noop("create"),
    gettext_noop("delete"),
    gettext_noop("timestamp"),
    gettext_noop("update"),
)

# No sentence here needs the article or the gender of a thing it names: French, Spanish and Arabic could not give it.
OUR_ENGLISH = {
    # django.contrib.admin
    gettext_noop("- Select an option -"): "- choose -",
    gettext_noop("Add another %(verbose_name)s"): "One more: %(verbose_name)s",
    gettext_noop("Select this object for an action - {}"): "Choose: {}",
    gettext_noop("Select all objects on this page for an action"): "Choose all on this page",
    gettext_noop("Items must be selected in order to perform actions on them. No items have been changed."): (
        "Tick in the list first what you mean. Nothing is changed."
    ),
    gettext_noop("No action selected."): "Say first what to do. Nothing is changed.",
    gettext_noop("The {name} “{obj}” was added successfully."): "{obj}: saved.",
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."): (
        "{obj}: saved. Here is room for the next."
    ),
    gettext_noop("The {name} “{obj}” was changed successfully."): "{obj}: saved.",
    gettext_noop(
        "The {name} “{obj}” was changed successfully. You may edit it again below."
    ): "{obj}: saved.",
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."): (
        "{obj}: saved. Here is room for the next."
    ),
    gettext_noop("The %(name)s “%(obj)s” was deleted successfully."): "%(obj)s: deleted.",
    gettext_noop("Delete multiple objects"): "Delete all of these?",
    gettext_noop("Cannot delete %(name)s"): "This cannot be deleted",
    gettext_noop("Delete selected %(verbose_name_plural)s"): "Delete",
    gettext_noop("Successfully deleted %(count)d %(items)s."): "Deleted: %(count)d (%(items)s).",
    gettext_noop("Start typing to filter…"): "Find in the menu…",
    gettext_noop("Filter navigation items"): "Find in the menu",
    gettext_noop("Toggle navigation"): "Show or hide the menu",
    gettext_noop("Sidebar"): "Menu of the desk",
    gettext_noop("Toggle theme (current theme: auto)"): "Light or dark: as the device has it",
    gettext_noop("Toggle theme (current theme: light)"): "Light or dark: now light",
    gettext_noop("Toggle theme (current theme: dark)"): "Light or dark: now dark",
    gettext_noop("Toggle sorting"): "The other way round",
    gettext_noop("Remove from sorting"): "Do not sort by it",
    gettext_noop("View on site"): "Public page",
    gettext_noop("View site"): "Public pages",
    gettext_noop("Lookup"): "Look for it",
    gettext_noop("Pagination %(name)s"): "Pages of the list",
    gettext_noop("Save and continue editing"): "Save and stay here",
    gettext_noop("Save and add another"): "Save, then the next",
    # django.contrib.auth
    gettext_noop("Authentication and Authorization"): "Roles",
    gettext_noop("group"): "role",
    gettext_noop("groups"): "roles",
    # auditlog
    gettext_noop("Audit log"): "History",
    gettext_noop("log entry"): "change",
    gettext_noop("log entries"): "changes",
}
