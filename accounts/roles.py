"""The staff's roles: groups with exactly these permissions, made by code and kept so at each `migrate`.

What a role may is read here and nowhere else. A few permissions are the Secretariat's to give or take (OPTIONS): they are
set when the group is first made, and from then on left as the Secretariat has them.
"""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.utils.translation import gettext_lazy as _

from .models import User


class Role(models.TextChoices):
    """The value is the name of the group."""

    SECRETARIAT = "secretariat", _("Secretariat: runs the whole station")
    COORDINATOR = "coordinator", _("Coordinator: runs the activities of their own hosts")
    REVIEWER = "reviewer", _("Reviewer: reads proposals and scores them")
    READER = "reader", _("Reader: sees everything, changes nothing")


def may(app: str, verbs: str, *nouns: str) -> set[str]:
    return {f"{app}.{verb}_{noun}" for verb in verbs.split() for noun in nouns}


TEACHING = ("activity", "session", "meeting", "material")
SPEAKING = ("speaker", "appearance")
AGREED = ("agreement", "party", "contact", "extension", "review", "milestone", "evidence")

PERMISSIONS: dict[str, set[str]] = {
    Role.SECRETARIAT: {
        "hubs.see_all_hosts",
        "catalog.publish_activity",
        "registrations.export_registration",
        "accounts.give_role",
        # An organization that leaves gets an end date, a person who leaves is erased: neither row is deleted.
        *may("accounts", "view add change", "user", "organization"),
        *may("accounts", "view add change delete", "organizationname"),
        *may("accounts", "view", "consent"),
        *may("merging", "view", "merge"),
        *may("merging", "merge", "organization", "person"),
        *may("membership", "view confirm", "claim"),
        *may("focal_points", "view name", "focalpoint"),
        "city_record.see_record",
        *may("hubs", "view add change delete", "host", "researchwork"),
        "hubs.decide_agreement",
        # Extensions and reviews are made by a step, which writes down who and when.
        *may("hubs", "view add change delete", "agreement", "party", "contact", "milestone", "evidence"),
        *may("hubs", "view", "extension", "review"),
        *may("catalog", "view add change delete", "topic", *TEACHING),
        *may("speakers", "view add change delete", *SPEAKING),
        *may("supporters", "view add change delete", "supporter"),
        *may("registrations", "view add change", "registration"),
        *may("registrations", "view add change delete", "invitation"),
        "attendance.take_attendance",
        *may("attendance", "view", "attendance", "guest", "correction"),
        *may("attendance", "view add delete", "helper"),
        *may("platform_reports", "view add", "platformreport"),
        "imports.add_import",
        "credentials.issue_certificate",
        *may("credentials", "view", "certificate", "round"),
        *may("credentials", "view add change delete", "signatory"),
        *may("outbox", "view change", "letter"),
        *may("messaging", "view send", "message"),
        *may("interaction", "view moderate", "question"),
        "proposals.review_proposal",
        "proposals.decide_proposal",
        "proposals.see_board",
        "proposals.export_proposal",
        *may("proposals", "view add change delete", "call", "criterion"),
        *may("auth", "view change", "group"),
        *may("auditlog", "view", "logentry"),
    },
    Role.COORDINATOR: {
        *may("accounts", "view", "organization", "organizationname"),
        *may("hubs", "view change", "host"),
        *may("hubs", "view add change delete", "researchwork", "evidence"),
        # What was promised is not unpromised by who promised it: the Secretariat waives or deletes.
        *may("hubs", "view add change", "milestone"),
        *may("hubs", "view", "agreement", "party", "contact", "extension", "review"),
        *may("catalog", "view", "topic"),
        *may("catalog", "view add change delete", *TEACHING),
        *may("speakers", "view add change delete", *SPEAKING),
        *may("supporters", "view add change delete", "supporter"),
        *may("registrations", "view add change", "registration"),
        *may("registrations", "view add change delete", "invitation"),
        "attendance.take_attendance",
        *may("attendance", "view", "attendance", "guest", "correction"),
        *may("attendance", "view add delete", "helper"),
        *may("platform_reports", "view add", "platformreport"),
        "imports.add_import",
        "credentials.issue_certificate",
        *may("credentials", "view", "certificate", "round"),
        *may("credentials", "view add change", "signatory"),
        *may("outbox", "view change", "letter"),  # of their own hosts
        *may("messaging", "view send", "message"),
        *may("interaction", "view moderate", "question"),
        "proposals.review_proposal",
    },
    Role.REVIEWER: {"proposals.review_proposal"},
    Role.READER: {
        "hubs.see_all_hosts",
        "proposals.see_board",
        *may("proposals", "view", "call", "criterion"),
        *may("accounts", "view", "user", "organization", "organizationname", "consent"),
        *may("merging", "view", "merge"),
        *may("membership", "view", "claim"),
        *may("focal_points", "view", "focalpoint"),
        *may("hubs", "view", "host", "researchwork", *AGREED),
        *may("catalog", "view", "topic", *TEACHING),
        *may("speakers", "view", *SPEAKING),
        *may("supporters", "view", "supporter"),
        *may("registrations", "view", "registration", "invitation"),
        *may("attendance", "view", "attendance", "guest", "correction", "helper"),
        *may("platform_reports", "view", "platformreport"),
        *may("credentials", "view", "certificate", "round", "signatory"),
        *may("outbox", "view", "letter"),
        *may("messaging", "view", "message"),
        *may("interaction", "view", "question"),
        *may("auditlog", "view", "logentry"),
    },
}

# For the Secretariat to give or take, and whether the role has it at first.
OPTIONS: dict[str, dict[str, bool]] = {
    Role.COORDINATOR: {"catalog.publish_activity": True, "registrations.export_registration": True},
    Role.READER: {"registrations.export_registration": False},
}


def keep_roles(
    *, app_config: AppConfig, apps: Any = installed, using: str = DEFAULT_DB_ALIAS, **_kwargs: object
) -> None:
    """Receiver of post_migrate: once all apps have their permissions, give the groups theirs."""
    last = [app for app in installed.get_app_configs() if app.models_module][-1]
    if app_config.label != last.label:
        return
    try:
        apps.get_model("auth", "Group")
    except LookupError:  # a migration of one app alone, before there are groups
        return
    sync_roles(using=using)


def sync_roles(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the groups of all roles and give each exactly its permissions. Safe to repeat."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for role in Role.values:
        group, is_new = Group.objects.using(using).get_or_create(name=role)
        options = OPTIONS.get(role, {})
        has = {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in group.permissions.select_related("content_type")
        }
        chosen = {name for name, at_first in options.items() if at_first} if is_new else has & options.keys()
        wanted = PERMISSIONS[role] | chosen
        if wanted != has:
            group.permissions.set([known[name] for name in wanted if name in known])


def set_options(*, role: Role, chosen: set[str], by: User) -> None:
    """Give a role those of its options that are `chosen`, and take the others.

    Raises PermissionDenied when `by` may not give roles.
    """
    if not by.has_perm("accounts.give_role"):
        raise PermissionDenied
    group = Group.objects.get(name=role)
    for name in OPTIONS.get(role, {}):
        app, codename = name.split(".")
        permission = Permission.objects.get(content_type__app_label=app, codename=codename)
        (group.permissions.add if name in chosen else group.permissions.remove)(permission)


def role_of(person: User) -> Role | None:
    """The role a person has; the strongest where someone gave several by hand."""
    names = {group.name for group in person.groups.all()}
    return next((role for role in Role if role.value in names), None)


def give_role(*, person: User, role: Role | str | None, by: User) -> None:
    """Give a person one role, or none, and with it the right to enter the administration.

    Raises PermissionDenied when `by` may not give roles, changes their own, or touches a superuser without being one.
    """
    if not by.has_perm("accounts.give_role") or (person.is_superuser and not by.is_superuser):
        raise PermissionDenied
    if person.pk == by.pk and not by.is_superuser:
        raise PermissionDenied
    with transaction.atomic():
        other_groups = [group for group in person.groups.all() if group.name not in Role.values]
        role_group = [Group.objects.get(name=Role(role))] if role else []
        person.groups.set([*other_groups, *role_group])
        person.is_staff = bool(role) or person.is_superuser
        person.save(update_fields=["is_staff"])
