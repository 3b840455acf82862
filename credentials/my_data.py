"""What a person's download tells of their certificates: everything but who of the staff did what."""

from accounts.models import User

from .models import Certificate, Nameless


def my_data(person: User) -> dict[str, object]:
    rows = Certificate.objects.filter(registration__person=person).select_related("registration", "replaces")
    return {
        "certificates": [
            {
                "code": row.code,
                "registration": row.registration.code,
                "kind": row.kind,
                "edition": row.edition,
                "replaces": row.replaces.code if row.replaces else None,
                "says": row.facts,
                "language": row.language,
                "issued_at": row.issued_at,
                "replaced_at": row.replaced_at,
                "withdrawn_at": row.withdrawn_at,
                "why_withdrawn": row.why_withdrawn,
                "name_is_hidden": row.name_hidden,
                "doubted_at": row.doubted_at,
                "kept_at": row.kept_at,
                "why_kept": row.why_kept,
            }
            for row in rows.order_by("issued_at", "pk")
        ],
        "certificates_that_wait_for_a_name": [
            row.registration.code
            for row in Nameless.objects.filter(registration__person=person).select_related("registration")
        ],
    }
