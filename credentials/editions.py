"""The editions of one certificate, from the first to the one that stands."""

from .models import Certificate


def newest_of(certificate: Certificate) -> Certificate:
    """The edition to which this one leads, by way of those between: in one query, and in none where nothing replaced it and
    it replaces nothing. Each edition then knows the one before it."""
    if certificate.replaced_at is None and certificate.replaces_id is None:
        return certificate
    others = Certificate.objects.filter(registration=certificate.registration_id, kind=certificate.kind)
    known = {one.pk: one for one in others.exclude(pk=certificate.pk)} | {certificate.pk: certificate}
    for one in known.values():
        one.registration = certificate.registration
        one.replaces = known[one.replaces_id] if one.replaces_id else None
    after = {one.replaces_id: one for one in known.values() if one.replaces_id}
    newest = certificate
    while newest.pk in after:
        newest = after[newest.pk]
    return newest
