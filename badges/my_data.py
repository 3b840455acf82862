"""What a person's download tells of their badges: themselves."""

import json

from accounts.models import User

from .models import Badge


def my_data(person: User) -> dict[str, object]:
    rows = Badge.objects.filter(certificate__registration__person=person).exclude(document="")
    return {
        "badges": [
            {
                "certificate": badge.certificate.code,
                "signed_at": badge.signed_at,
                "badge": json.loads(badge.document),
                "token": badge.token,
            }
            for badge in rows.select_related("certificate").order_by("pk")
        ]
    }
