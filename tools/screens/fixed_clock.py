"""A command of a checkout, or its web server, at a moment that never passes.

Run by its path with the checkout's own Python, in the checkout's folder, so that another commit needs to know nothing of it:
`python -P …/fixed_clock.py manage demo` or `… serve 8123`.
"""

import runpy
import sys
from datetime import UTC, datetime

import time_machine

MOMENT = datetime(2026, 11, 16, 9, 20, tzinfo=UTC)


def main() -> None:
    doing, *arguments = sys.argv[1:]
    time_machine.travel(MOMENT, tick=False).start()
    if doing == "serve":
        serve(int(arguments[0]))
    else:
        sys.argv = ["manage.py", *arguments]
        runpy.run_path("manage.py", run_name="__main__")


def serve(port: int) -> None:
    """Django's own server and not the one of production, whose patience is counted on a clock."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from learning_station.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(application)
    server.serve_forever()


if __name__ == "__main__":
    main()
