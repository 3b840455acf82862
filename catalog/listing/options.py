"""What one may choose from in the filters that staff can add to: the topics and the hosts, with their names."""

from typing import NamedTuple

from django.utils.translation import get_language

from hubs.models import Host

from ..languages import stands_in
from ..models import Topic


class Named(NamedTuple):
    id: int
    slug: str
    name: str
    lang: str = ""  # where the name is not in the language of the page


def named(row: Topic | Host) -> Named:
    return Named(row.pk, row.slug, row.name, stands_in(row, "name"))


class Options(NamedTuple):
    """In the language of the page."""

    topics: list[Named]
    hosts: list[Named]

    def language_of(self, slug: str) -> str:
        """The language of a topic's or host's name, where it is not that of the page."""
        return next((option.lang for option in [*self.topics, *self.hosts] if option.slug == slug), "")


def find_options() -> Options:
    """In two small statements; to be kept by who asks often."""
    return Options(
        topics=[named(topic) for topic in Topic.objects.all()],
        hosts=[named(host) for host in Host.objects.all()],
    )


def name_of_options() -> str:
    """Under which name they are kept."""
    return f"options:{get_language()}"
