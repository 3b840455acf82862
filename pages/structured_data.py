"""A host as search engines read it: https://schema.org/EducationalOrganization."""

from django.conf import settings

from hubs.models import Host


def organization(host: Host) -> dict[str, object]:
    url = settings.SITE_URL + host.get_absolute_url()
    described = {
        "@context": "https://schema.org",
        "@type": "EducationalOrganization",
        "@id": url,
        "url": url,
        "name": host.name,
        "description": host.about,
        "foundingDate": host.established,
        "areaServed": host.region_served,
        "knowsLanguage": host.languages,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": host.city,
            "addressCountry": host.country.code,
        },
        "geo": {"@type": "GeoCoordinates", "latitude": host.latitude, "longitude": host.longitude},
        "parentOrganization": {
            "@type": "Organization",
            "name": "Metropolis, World Association of the Major Metropolises",
        },
    }
    return {name: value for name, value in described.items() if value not in ("", [], None)}
