"""django-stubs’ plugin for mypy, which looks at the models as they stand before modeltranslation puts managers of its own in
place of ours: those it would not know.
"""

import os
import sys
from pathlib import Path

from mypy.plugin import Plugin


def plugin(version: str) -> type[Plugin]:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_station.settings")
    from modeltranslation import translator
    from mypy_django_plugin.main import plugin as of_django_stubs

    translator.add_manager = lambda model: None
    return of_django_stubs(version)
