"""Pictures are found again when they are smaller, of another quality or lighter, and are not taken for others."""

import io

import pytest
from PIL import Image, ImageDraw, ImageEnhance
from PIL.Image import Resampling

from accounts.photos import Photo, clean
from donations.demo.pictures import draw_scene
from donations.handovers import actions as handovers
from donations.handovers.likeness import ALIKE, difference, is_flat, look_at
from donations.handovers.models import Handover, HandoverPhoto
from donations.handovers.twins import matches_of
from tests.factories import make_handover


def encoded(image: Image.Image, quality: int = 80) -> io.BytesIO:
    stream = io.BytesIO()
    image.convert("RGB").save(stream, "JPEG", quality=quality)
    stream.seek(0)
    return stream


def labelled(image: Image.Image) -> Image.Image:
    copy = image.copy()
    ImageDraw.Draw(copy).rectangle((700, 20, 900, 60), fill="white")
    return copy


SCENE = draw_scene(4)
COPIES = {
    "smaller": encoded(SCENE.resize((320, 240), Resampling.LANCZOS)),
    "stretched": encoded(SCENE.resize((800, 700))),
    "recompressed": encoded(SCENE, 20),
    "lighter": encoded(ImageEnhance.Brightness(SCENE).enhance(1.2)),
    "with a stamp": encoded(labelled(SCENE)),
}


@pytest.mark.parametrize("name", COPIES)
def test_copies_look_alike(name: str) -> None:
    one, other = look_at(encoded(SCENE)).likeness, look_at(COPIES[name]).likeness
    assert one is not None
    assert other is not None
    assert difference(one, other) <= ALIKE


def test_other_scenes_do_not_look_alike() -> None:
    found = [look_at(encoded(draw_scene(number))).likeness for number in range(10)]
    pairs = [(one, other) for place, one in enumerate(found) for other in found[:place]]
    assert min(difference(one or 0, other or 0) for one, other in pairs) > ALIKE


@pytest.mark.parametrize("colour", ["black", "white", "gray"])
def test_a_picture_of_nothing_has_no_likeness(colour: str) -> None:
    look = look_at(encoded(Image.new("RGB", (640, 480), colour)))
    assert (look.likeness, look.contrast) == (None, 0)
    assert look.brightness == {"black": 0, "gray": 128, "white": 255}[colour]
    assert is_flat(look.contrast)
    assert not is_flat(look_at(encoded(Image.linear_gradient("L").convert("RGB"))).contrast)


def sent(stream: io.BytesIO) -> Photo:
    stream.seek(0)
    return clean(stream)


def with_photo(stream: io.BytesIO) -> Handover:
    report = make_handover("draft")
    handovers.add_photo(handover=report, by=None, photo=sent(stream))
    return handovers.submit(handover=report, by=None)


@pytest.mark.django_db
def test_copies_in_other_reports_are_found_by_one_query(django_assert_num_queries) -> None:
    first = with_photo(COPIES["recompressed"])
    with_photo(encoded(draw_scene(7)))
    same, smaller = with_photo(COPIES["recompressed"]), with_photo(COPIES["smaller"])
    begun = make_handover("draft")
    handovers.add_photo(handover=begun, by=None, photo=sent(encoded(SCENE)))
    own = list(first.photos.all())
    with django_assert_num_queries(1):
        found = matches_of(first.pk, own)
    (scene,) = (photo for photo in first.photos.all() if photo.likeness is not None)
    told = [(match.number, match.different is None) for match in found[scene.pk]]
    # Nothing of the draft: nobody has handed it in.
    assert told == [(same.number, True), (smaller.number, False)]


@pytest.mark.django_db
@pytest.mark.parametrize("before", [("", "own"), ("own", ""), ("ab" * 32, "ab" * 32)])
def test_picture_is_known_again_that_a_phone_made_small(before: tuple[str, str]) -> None:
    """`before`: what each of two phones says the picture was; "own": the other's file, sent as it is."""
    reports = [with_photo(encoded(draw_scene(number))) for number in (1, 2)]
    photos = [report.photos.exclude(likeness=None).get() for report in reports]
    for photo, other, said in zip(photos, reversed(photos), before, strict=True):
        photo.original_sha256 = other.sha256 if said == "own" else said
        photo.save(update_fields=["original_sha256"])
    [match] = matches_of(reports[0].pk, photos[:1])[photos[0].pk]
    assert (match.photo, match.different) == (photos[1].pk, None)
    HandoverPhoto.objects.update(original_sha256="")
    assert matches_of(reports[0].pk, [HandoverPhoto.objects.get(pk=photos[0].pk)]) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bits", "is_found"), [(0b111111, True), (0b1111111, False), (3 << 62 | 15 << 14, True)]
)
def test_six_different_bits_are_found_and_seven_are_not(bits: int, is_found: bool) -> None:
    first, second = (with_photo(encoded(draw_scene(number))) for number in (1, 2))
    photos = HandoverPhoto.objects.exclude(likeness=None)
    likeness = photos.get(handover=first).likeness
    flipped = likeness ^ (bits - (1 << 64) if bits >= 1 << 63 else bits)
    photos.filter(handover=second).update(likeness=flipped)
    all_found = matches_of(first.pk, first.photos.all())
    assert all_found  # the plain picture that both have from the factory
    found = [match for photo in photos.filter(handover=first) for match in all_found.get(photo.pk, [])]
    assert bool(found) is is_found
