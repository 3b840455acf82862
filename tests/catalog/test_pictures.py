"""The picture of an activity: how it is given, who sees it, and where."""

import json
import re
from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.actions import keep_picture, remove_picture, set_picture, withdraw
from catalog.errors import PictureWithoutWords
from catalog.models import Activity, Picture
from files.uploads import LARGEST
from pictures.uploads import VERSIONS
from tests import cast
from tests.sample_pictures import city, look

WORDS = {"alt": "A river between two parks", "credit": "Ana Example, CC BY 4.0"}


def give(activity, file=None, **words):
    by = cast.secretary()
    set_picture(activity=activity, picture=keep_picture(file=file or city(), by=by), by=by, **WORDS | words)
    activity.refresh_from_db()
    return activity


# What is not taken


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused_unread():
    heavy = SimpleUploadedFile("city.jpg", bytes(LARGEST + 1))
    with pytest.raises(ValidationError, match="At most"):
        keep_picture(file=heavy, by=cast.secretary())
    assert not Picture.objects.exists()


# Kept until the form is saved


@pytest.mark.django_db
def test_a_picture_waits_a_day_for_who_chose_it():
    ana, ben, now = cast.secretary(), cast.secretary("Ben"), timezone.now()
    first = keep_picture(file=city(), by=ana, now=now)
    assert keep_picture(file=city(), by=ana, now=now) == first
    assert keep_picture(file=city(), by=ben, now=now) != first
    assert list(Picture.objects.waiting_for(ana)) == [first]
    later = now + timedelta(hours=25)
    keep_picture(file=city("other.png"), by=ben, now=later)
    assert not Picture.objects.waiting_for(ana).exists()
    assert Picture.objects.waiting_for(ben).count() == 1


@pytest.mark.django_db
def test_only_who_chose_it_sees_what_waits(client):
    ana = cast.secretary()
    url = f"/pictures/waiting/{keep_picture(file=city(), by=ana).key}"
    assert client.get(url).status_code == 302
    client.force_login(cast.secretary("Ben"))
    assert client.get(url).status_code == 404
    client.force_login(ana)
    response = client.get(url)
    assert response["Content-Type"] == "image/webp"
    assert look(response.content).size == (640, 360)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_picture_is_shown_or_waits_never_both_or_neither():
    waiting = keep_picture(file=city(), by=cast.secretary())
    for wrong in ({"activity": cast.activity()}, {"waits_for": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Picture.objects.filter(pk=waiting.pk).update(**wrong)


# Given to an activity


@pytest.mark.django_db
def test_a_picture_is_given_with_its_words_and_written_down():
    activity = give(
        cast.activity("Water"),
        alt={"en": " A river ", "fr": "Un fleuve"},
        link="https://example.org/river",
    )
    assert (activity.picture_alt_en, activity.picture_alt_fr, activity.picture_alt_es) == (
        "A river",
        "Un fleuve",
        "",
    )
    assert (activity.picture_credit, activity.picture_link) == (WORDS["credit"], "https://example.org/river")
    assert activity.picture.key == activity.picture_key
    assert activity.picture.waits_for is None
    changes = LogEntry.objects.get_for_object(activity).latest("timestamp").changes
    assert changes["picture_key"] == ["", activity.picture_key]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"alt": " "}, {"alt": {"fr": "Un fleuve"}}, {"credit": " "}])
def test_a_picture_without_its_words_is_refused(wrong):
    activity = cast.activity()
    with pytest.raises(PictureWithoutWords):
        give(activity, **wrong)
    activity.refresh_from_db()
    assert activity.picture_key == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(picture_key="0123")


@pytest.mark.django_db
def test_a_new_picture_has_a_new_address_and_the_old_one_is_gone(client):
    activity = give(cast.activity())
    old = f"{activity.picture_url}640.webp"
    assert client.get(old).status_code == 200
    give(activity, city("other.png", (1400, 900)))
    new = f"{activity.picture_url}640.webp"
    assert new != old
    assert [client.get(url).status_code for url in (old, new)] == [404, 200]
    assert Picture.objects.count() == 1


@pytest.mark.django_db
def test_the_same_picture_again_keeps_its_address():
    activity = give(cast.activity())
    before = activity.picture_url
    assert give(activity, credit="Somebody else").picture_url == before
    assert Picture.objects.count() == 1


@pytest.mark.django_db
def test_a_removed_picture_is_erased_with_its_words(client):
    activity = give(cast.activity("Water"))
    cast.session(activity)
    url = activity.picture_url
    assert "Ana Example" in client.get(activity.get_absolute_url()).content.decode()
    remove_picture(activity=activity, by=cast.secretary("Ben"))
    cache.clear()
    activity.refresh_from_db()
    assert (activity.picture_key, activity.picture_alt_en, activity.picture_credit) == ("", "", "")
    assert not Picture.objects.exists()
    assert client.get(f"{url}640.webp").status_code == 404
    page = client.get(activity.get_absolute_url()).content.decode()
    assert "Ana Example" not in page
    assert f"{activity.get_absolute_url()}cover.svg" in page


# Shown


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(VERSIONS))
def test_a_picture_may_be_cached_for_good(client, django_assert_num_queries, name):
    activity = give(cast.activity())
    with django_assert_num_queries(2):
        response = client.get(f"{activity.picture_url}{name}")
    assert response["Content-Type"] == VERSIONS[name].content_type
    assert response["Cache-Control"] == "max-age=31536000, immutable, public"
    assert look(response.content).size == VERSIONS[name].size
    assert not response.cookies


@pytest.mark.django_db
def test_there_are_no_other_sizes_keys_or_languages_of_it(client):
    activity = give(cast.activity())
    for url in (
        f"{activity.picture_url}123.webp",
        f"/pictures/{activity.slug}/0123/640.webp",
        f"/fr{activity.picture_url}640.webp",
        f"/pictures/{cast.activity('Other').slug}/{activity.picture_key}/640.webp",
    ):
        assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_what_is_not_public_shows_its_picture_to_its_staff_only(client):
    activity = give(cast.activity(host=cast.host("seoul")))
    url = f"{activity.picture_url}640.webp"
    withdraw(activity=activity, by=cast.secretary("Ben"))
    for person, status in [
        (None, 404),
        (cast.person(), 404),
        (cast.coordinator(cast.host("cairo")), 404),
        (cast.coordinator(cast.host("seoul"), name="Minji Seo"), 200),
    ]:
        if person:
            client.force_login(person)
        response = client.get(url)
        assert response.status_code == status
    assert "private" in response["Cache-Control"]


@pytest.mark.django_db
def test_lists_show_it_beside_the_title_and_say_nothing_twice(client):
    activity = give(cast.activity("Water"))
    cast.session(activity)
    drawn = cast.activity("Drawn")
    cast.session(drawn)
    for page, size in (("/activities/", "320"), ("/", "640"), ("/fr/activities/", "320")):
        html = client.get(page).content.decode()
        assert f'srcset="{activity.picture_url}{size}.avif"' in html
        image = re.search(rf'<img[^>]*src="{activity.picture_url}640.webp"[^>]*>', html)[0]
        assert 'alt=""' in image
        assert 'width="640"' in image
        assert 'height="360"' in image
        assert "Ana Example" not in html
        assert f"{drawn.slug}/cover.svg" in html


@pytest.mark.django_db
def test_its_page_shows_what_it_is_whose_it_is_and_a_preview(client):
    activity = give(
        cast.activity("Water"), alt={"en": "A river", "fr": "Un fleuve"}, link="https://example.org/river"
    )
    cast.session(activity)
    pages = {
        prefix: client.get(f"{prefix}/activities/{activity.slug}/").content.decode()
        for prefix in ("", "/fr", "/es")
    }
    assert 'alt="A river"' in pages[""]
    assert 'alt="Un fleuve"' in pages["/fr"]
    assert re.search(r'alt="A river"\s+lang="en"', pages["/es"])
    page = pages[""]
    credit = re.search(r"<figcaption.*?</figcaption>", page, re.S)[0]
    assert "Ana Example, CC BY 4.0" in credit
    assert 'href="https://example.org/river"' in credit
    preview = f"http://localhost:8000{activity.picture_url}1280.jpg"
    assert f'<meta property="og:image" content="{preview}">' in page
    assert '<meta property="og:image:alt" content="A river">' in page
    course = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert course["image"] == preview


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_shows_the_new_picture_at_once(client):
    activity = cast.activity("Water")
    cast.session(activity)
    assert "pictures/" not in client.get("/activities/").content.decode()
    give(activity)
    assert activity.picture_url in client.get("/activities/").content.decode()
