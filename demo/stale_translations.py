"""Translations that are missing or older than their original, so that the desk has some to show."""

from catalog.actions import refresh
from catalog.models import Activity
from desk.translations import TracksTranslations, Translation
from hubs.models import Host

from .words import stale_translations


def leave_stale(*, new: set[str]) -> None:
    """Once all is written in three languages, reword a little of it in English alone, and take some words away.

    `new` are the addresses of the activities just made; what staff did to others since stays as it is.
    """
    for said in stale_translations()["added"]:
        row = thing(said, new)
        if row is not None:
            add_sentence(row, said)
    for said in stale_translations()["missing"]:
        row = thing(said, new)
        if row is not None:
            setattr(row, Translation(said["text"], said["language"]).column, "")
            row.save()
    for activity in Activity.objects.filter(slug__in=new & activities_with_stale_translations()):
        refresh(activity=activity)


def catch_up() -> None:
    """Take the sentences out of the words of hosts again. Activities are taken out whole."""
    for said in stale_translations()["added"]:
        host = Host.objects.filter(slug=said.get("host", "")).first()
        if host is None:
            continue
        column = Translation(said["text"], "en").column
        words = getattr(host, column).removesuffix(f" {said['en']}")
        if words != getattr(host, column):
            kept = {name: moments for name, moments in host.words_as_of.items() if name != said["text"]}
            # Past save(), to which this would be one more change of the original.
            Host.objects.filter(pk=host.pk).update(**{column: words, "words_as_of": kept})


def thing(said: dict, new: set[str]) -> Activity | Host | None:
    if "host" in said:
        return Host.objects.filter(slug=said["host"]).first()
    return Activity.objects.filter(slug__in=new & {said["activity"]}).first()


def activities_with_stale_translations() -> set[str]:
    return {said["activity"] for kind in stale_translations().values() for said in kind if "activity" in said}


def add_sentence(row: TracksTranslations, said: dict) -> None:
    column = Translation(said["text"], "en").column
    words = getattr(row, column)
    if words.endswith(said["en"]):
        return
    between = "\n\n" if said["text"] == "description" else " "
    setattr(row, column, f"{words}{between}{said['en']}")
    row.save()
