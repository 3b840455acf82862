"""What this process is for. It decides how long PostgreSQL may keep it waiting (learning_station/postgresql/limits.py).

Each door says so before the settings are read: wsgi.py for the web server, celery.py for worker and beat, manage.py for
what is run by hand.
"""

from typing import Literal

type Kind = Literal["web", "worker", "migrations", "command"]

kind: Kind = "command"


def kind_of_command(arguments: list[str]) -> Kind:
    """For `manage.py …`, by its command line."""
    commands: dict[str, Kind] = {"migrate": "migrations", "runserver": "web"}
    return commands.get(arguments[1] if len(arguments) > 1 else "", "command")
