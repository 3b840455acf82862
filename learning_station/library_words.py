"""Words of other packages that reach the desk untranslated in one of our languages.

Our own catalogs come before those of the packages, so naming the words here lets `translations collect` ask for them.
"""

from django.utils.translation import gettext_noop

WORDS = (
    # django.contrib.admin
    gettext_noop("Run"),
    gettext_noop("- Select an option -"),
    gettext_noop("Welcome,"),
    # These take the name of a thing, which French cannot always put behind “de”.
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Filter by %(field_name)s"),
    # auditlog
    gettext_noop("Audit log"),
    gettext_noop("access"),
    gettext_noop("action"),
    gettext_noop("create"),
    gettext_noop("delete"),
    gettext_noop("log entries"),
    gettext_noop("log entry"),
    gettext_noop("timestamp"),
    gettext_noop("update"),
)
