"""Who changed what, when: the rules for what is written down, and how it is read back."""

from collections.abc import Collection, Iterable

from auditlog.context import auditlog_disabled
from auditlog.diff import model_instance_diff
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import pre_save
from modeltranslation.translator import NotRegistered, translator

# Telling that they changed is enough: who reads the history must not learn a link or a password from it.
SECRET = {"password", "calendar_secret", "joining_link", "joining_note"}

# Follows from the words, whose changes are written down themselves (desk.translations).
WORKED_OUT = {"words_as_of"}


def hidden(_value: str) -> str:
    return "•••"


def record(
    model: type[Model],
    *,
    without: Collection[str] = (),
    many: Collection[str] = (),
    told_only: Collection[str] = (),
) -> None:
    """From now on write down each row of `model` that is made, changed or deleted.

    `without` names fields that programs work out; `many` names many-to-many fields to follow too; `told_only` those of which
    it is told that they changed, never what they said. Of a translated field each
    language is written down, not the field itself, whose value depends on who looks.
    """
    try:
        translated = set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        translated = set()
    names = {field.name for field in model._meta.get_fields()}
    # auditlog would write down what points at the row, too, when the row is made.
    columns = {field.name for field in model._meta.concrete_fields}
    auditlog.register(
        model,
        exclude_fields=sorted({*without, *translated, *WORKED_OUT, *(names - columns - set(many))}),
        mask_fields=sorted((SECRET & names) | set(told_only)),
        mask_callable="desk.audit.hidden",
        m2m_fields=set(many),
    )


def note(instance: Model, *, by: Model | None = None, **facts: object) -> LogEntry:
    """Write down something done with `instance` that no field tells, such as an export.

    Without `by` it was whoever is signed in.
    """
    return LogEntry.objects.log_create(
        instance, action=LogEntry.Action.ACCESS, force_log=True, actor=by, additional_data=facts
    )


def note_changes(changed: Iterable[tuple[Model, Model]]) -> None:
    """Write down what one statement changed in many rows, each as it was and as it is. auditlog sees only rows that are
    saved one by one."""
    if auditlog_disabled.get():
        return
    entries = [
        LogEntry(
            content_type=ContentType.objects.get_for_model(now),
            object_pk=str(now.pk),
            object_id=now.pk,
            object_repr=str(now),
            action=LogEntry.Action.UPDATE,
            changes=changes,
        )
        for before, now in changed
        if (changes := model_instance_diff(before, now))
    ]
    for entry in entries:
        # By this auditlog adds who did it, and from where; bulk_create does not send it.
        pre_save.send(sender=LogEntry, instance=entry, raw=False, using=None, update_fields=None)
    LogEntry.objects.bulk_create(entries, batch_size=500)


def history_of(
    instance: Model, parts: dict[type[Model], dict[str, object]], *, also: Collection[int] = ()
) -> QuerySet[LogEntry]:
    """The entries about `instance` and about its parts, newest first; `also` about rows of its kind with these numbers.

    `parts` says for each model of parts what the entry must say of where it belonged, as in {Material: {"activity": 5}}: so
    parts that are gone are found as well.
    """
    wanted = Q(content_type=ContentType.objects.get_for_model(instance), object_id__in=[instance.pk, *also])
    for model, belongs in parts.items():
        entry = Q(content_type=ContentType.objects.get_for_model(model))
        for name, value in belongs.items():
            entry &= Q(
                **{
                    f"additional_data__{name}__in"
                    if isinstance(value, list)
                    else f"additional_data__{name}": value
                }
            )
        wanted |= entry
    entries: QuerySet[LogEntry] = LogEntry.objects.filter(wanted).select_related("actor", "content_type")
    return entries.order_by("-timestamp", "-id")
