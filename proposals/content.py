"""What a proposal says: its steps and their questions, how long the answers may be, how they are read and compared.

What is sent is a plain dictionary by these names (a revision keeps it). Forms ask for it, actions check it, pages show it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrPromise

from accounts.models import Organization, User
from catalog.models import Activity, Topic
from hubs.models import Host
from texts.languages import language_name
from texts.numbers import number_in

type Content = dict[str, Any]
type Typed = Mapping[str, str | list[str]]

MOST_SPEAKERS = 4
MOST_MEETINGS, MOST_HOURS = 30, 8
SMALLEST_GROUP, LARGEST_GROUP = 3, 1000
HIDDEN = _("hidden")


@dataclass(frozen=True)
class Item:
    """One question. `longest` is in characters. `names` answers tell who proposes, or whom they name. Where the question
    speaks to “you”, `read_as` is its name for the reader at the desk, who is somebody else."""

    name: str
    label: StrPromise
    longest: int = 0
    needed: bool = False
    names: bool = False
    read_as: StrPromise | str = ""


@dataclass(frozen=True)
class Step:
    name: str
    title: StrPromise
    items: tuple[Item, ...]
    read_as: StrPromise | str = ""


STEPS = (
    Step(
        "who",
        _("Who you are"),
        (
            Item("organization", _("Your organization"), names=True, read_as=_("Organization")),
            Item("organization_other", _("Another organization"), 200, names=True),
            Item("contact_name", _("Your name"), 200, needed=True, names=True, read_as=_("Name")),
            Item("contact_post", _("Your post"), 200, names=True, read_as=_("Post")),
            Item(
                "contact_email",
                _("Your e-mail address"),
                254,
                needed=True,
                names=True,
                read_as=_("E-mail address"),
            ),
        ),
        read_as=_("Who proposes"),
    ),
    Step(
        "idea",
        _("The idea"),
        (
            Item("written_in", _("In which language do you write?"), needed=True, read_as=_("Written in")),
            Item("title", _("Title"), 150, needed=True),
            Item("format", _("Format"), needed=True),
            Item("topics", _("Topics"), needed=True),
            Item("audiences", _("For whom")),
            Item("languages", _("Languages it can be held in"), needed=True),
            Item("aim", _("Aim"), 400, needed=True),
            Item("outline", _("Outline"), 5000, needed=True),
            Item("outcomes", _("What participants will be able to do"), 1500, needed=True),
            Item("is_public", _("Others may know of it")),
        ),
    ),
    Step(
        "how",
        _("How"),
        (
            Item("meetings", _("How many meetings"), needed=True),
            Item("hours", _("Hours each"), needed=True),
            Item("group_size", _("Group size"), needed=True),
            Item("months", _("Months that would suit")),
            Item("host", _("Host it could fit")),
            Item(
                "speakers_wanted",
                _("Speakers or trainers you look for"),
                600,
                read_as=_("Speakers or trainers wanted"),
            ),
            Item(
                "speakers",
                _("Speakers or trainers you name"),
                names=True,
                read_as=_("Speakers or trainers named"),
            ),
        ),
    ),
    Step(
        "giving",
        _("What you offer and need"),
        (
            Item("offers", _("What you offer"), 1000, needed=True, read_as=_("What is offered")),
            Item("needs", _("What you need"), 1000, read_as=_("What is needed")),
            Item(
                "evaluation",
                _("How you will see what it changed"),
                600,
                read_as=_("How it will be seen what it changed"),
            ),
        ),
        read_as=_("What is offered and needed"),
    ),
    Step("files", _("Files"), (Item("attachments", _("Files")),)),
)
ITEMS = {item.name: item for step in STEPS for item in step.items}
STEP_NAMES = [step.name for step in STEPS]


def missing(content: Content) -> list[Item]:
    """The questions without an answer that need one."""
    unanswered = [item for item in ITEMS.values() if item.needed and content.get(item.name) in (None, "", [])]
    if not content.get("organization") and not content.get("organization_other"):
        unanswered.insert(0, ITEMS["organization"])
    return unanswered


def too_long(content: Content) -> list[Item]:
    return [
        item
        for item in ITEMS.values()
        if item.longest and len(str(content.get(item.name) or "")) > item.longest
    ]


# Reading


@dataclass
class Answer:
    item: Item
    text: str
    long: bool = False
    hidden: bool = False


@dataclass
class Section:
    step: Step
    answers: list[Answer] = field(default_factory=list)


def sections(content: Content, *, names: bool) -> list[Section]:
    """The content in words, question by question. Without `names` nothing that tells who is even looked up."""
    told = []
    for step in STEPS:
        if step.name == "files":
            continue
        section = Section(step)
        for item in step.items:
            if item.names and not names:
                section.answers.append(Answer(item, str(HIDDEN), hidden=True))
            elif text := in_words(item.name, content):
                section.answers.append(Answer(item, text, long=item.longest > 200))
        told.append(section)
    return told


def in_words(name: str, content: Content) -> str:
    value = content.get(name)
    if name == "is_public":
        return _now("yes") if value else ""
    if name == "audiences":
        return (
            ", ".join(str(User.Profile(profile).label) for profile in value)
            if value
            else _now("technical and elected")
        )
    if value in (None, "", []):
        return ""
    teller = TELLERS.get(name)
    return teller(value) if teller else str(value)


def tell_organization(pk: int) -> str:
    organization = Organization.objects.standing_one(pk)
    return organization.name if organization else ""


def tell_topics(slugs: list[str]) -> str:
    return ", ".join(topic.name for topic in Topic.objects.filter(slug__in=slugs))


def tell_host(slug: str) -> str:
    host = Host.objects.filter(slug=slug).first()
    return host.name if host else ""


def tell_speaker(speaker: dict[str, str]) -> str:
    return ", ".join(
        part for part in (speaker["name"], speaker.get("role"), speaker.get("organization")) if part
    )


def tell_month(text: str) -> str:
    year, _dash, month = text.partition("-")
    return f"{MONTHS[number_in(month) or 0]} {year}"


def tell_meetings(count: int) -> str:
    return ngettext("%(count)d meeting", "%(count)d meetings", count) % {"count": count}


def tell_hours(hours: float) -> str:
    return number_format(f"{hours:g}")


TELLERS: dict[str, Callable[..., str]] = {
    "organization": tell_organization,
    "written_in": lambda code: language_name(code),
    "format": lambda code: str(Activity.Format(code).label),
    "topics": tell_topics,
    "languages": lambda codes: ", ".join(language_name(code) for code in codes),
    "meetings": tell_meetings,
    "hours": tell_hours,
    "months": lambda months: ", ".join(tell_month(month) for month in months),
    "host": tell_host,
    "speakers": lambda speakers: "\n".join(tell_speaker(speaker) for speaker in speakers),
}


LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]
