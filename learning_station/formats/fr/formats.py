"""French counts the first of a month, and only that: 1er novembre, 2 novembre. `S` is in `french_days`."""

DATE_FORMAT = "jS F Y"
DATETIME_FORMAT = "jS F Y, H:i"
MONTH_DAY_FORMAT = "jS F"
