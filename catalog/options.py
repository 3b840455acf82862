"""What one may choose from in the filters that staff can add to: the topics and the hosts, with their names."""

from typing import NamedTuple

from django.utils.translation import get_language

from hubs.models import Host

from .models import Topic


class Named(NamedTuple):
    id: int
    slug: str
    name: str


class Options(NamedTuple):
    """In the language of the page."""

    topics: list[Named]
    hosts: list[Named]


def find_options() -> Options:
    """In two small statements; to be kept by who asks often."""
    return Options(
        topics=[Named(topic.pk, topic.slug, topic.name) for topic in Topic.objects.all()],
        hosts=[Named(host.pk, host.slug, host.name) for host in Host.objects.all()],
    )


def name_of_options() -> str:
    """Under which name they are kept."""
    return f"options:{get_language()}"
