#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

from learning_station import work

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_station.settings")
    work.kind = work.kind_of_command(sys.argv)
    execute_from_command_line(sys.argv)
