"""The project. Whatever starts the station (web server, worker, beat, command, test) loads this first.

One table of time zones for all of it, and on every machine: that of the pinned package tzdata. Left alone, Python prefers
the files of the machine, which are as old as its last update, so that two machines tell two hours of one meeting.
"""

import zoneinfo

zoneinfo.reset_tzpath(())  # nothing of the machine's, and no PYTHONTZPATH: only the package is left
zoneinfo.ZoneInfo.clear_cache()  # a zone that a library read before is read anew
