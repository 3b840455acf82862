"""Translations that are missing or older than their original, so that the desk has some to show."""

from catalog.actions import refresh
from catalog.models import Activity
from desk.translations import TracksTranslations, Translation
from hubs.models import Host

from .specs import Spec, stale_translations


def leave_stale(*, new: set[str]) -> None:
    """Once all is written in three languages, reword a little of it in English alone, and take some words away.

    `new` are the addresses of the activities just made; what staff did to others since stays as it is.
    """
    for spec in stale_translations()["added"]:
        row = row_of(spec, new)
        if row is not None:
            add_sentence(row, spec)
    for spec in stale_translations()["missing"]:
        row = row_of(spec, new)
        if row is not None:
            setattr(row, Translation(spec["text"], spec["language"]).column, "")
            row.save()
    for activity in Activity.objects.filter(slug__in=new & activities_with_stale_translations()):
        refresh(activity=activity)


def catch_up() -> None:
    """Take the sentences out of the words of hosts again. Activities are taken out whole."""
    for spec in stale_translations()["added"]:
        host = Host.objects.filter(slug=spec.get("host", "")).first()
        if host is None:
            continue
        column = Translation(spec["text"], "en").column
        text = getattr(host, column).removesuffix(f" {spec['en']}")
        if text != getattr(host, column):
            words_as_of = {
                name: moments for name, moments in host.words_as_of.items() if name != spec["text"]
            }
            # Past save(), to which this would be one more change of the original.
            Host.objects.filter(pk=host.pk).update(**{column: text, "words_as_of": words_as_of})


def row_of(spec: Spec, new: set[str]) -> Activity | Host | None:
    if "host" in spec:
        return Host.objects.filter(slug=spec["host"]).first()
    return Activity.objects.filter(slug__in=new & {spec["activity"]}).first()


def activities_with_stale_translations() -> set[str]:
    return {spec["activity"] for kind in stale_translations().values() for spec in kind if "activity" in spec}


def add_sentence(row: TracksTranslations, spec: Spec) -> None:
    column = Translation(spec["text"], "en").column
    text = getattr(row, column)
    if text.endswith(spec["en"]):
        return
    between = "\n\n" if spec["text"] == "description" else " "
    setattr(row, column, f"{text}{between}{spec['en']}")
    row.save()
