"""Where Django's own formats of a language are not ours: one order of dates and one clock of 24 hours in each.

A module names only what differs; docs.djangoproject.com/en/stable/topics/i18n/formatting/ says how they are found.
"""
