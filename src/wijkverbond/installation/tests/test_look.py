"""A colour with which everyone can read, and a logo that is a picture and nothing else."""

import struct
import zlib
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect

from tests import make
from tests.sweeps import browser
from wijkverbond.installation import colours, png
from wijkverbond.kernel import site
from wijkverbond.kernel.models import SiteDetails

PAGE = "/inrichten/uiterlijk/"


def chunk(name: bytes, body: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def picture(*more: bytes, width: int = 2, height: int = 1) -> bytes:
    """A PNG of some red points, with more in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff\0\0" * width) * height)
    end = chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return png.SIGNATURE + chunk(b"IHDR", header) + b"".join(more) + end


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert colours.contrast(other, one) == colours.contrast(one, other)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"<svg onload='alert(1)'/>",
        picture()[:-6],
        picture().replace(b"IDAT", b"IDAX"),
        picture(width=1001),
        png.SIGNATURE + chunk(b"IHDR", b"") + chunk(b"IDAT", b"") + chunk(b"IEND", b""),
    ],
)
def test_what_is_no_picture_is_no_logo(bad: bytes) -> None:
    with pytest.raises(png.NoPng):
        png.cleaned(bad)


def test_a_logo_holds_nothing_but_the_picture() -> None:
    place = chunk(b"tEXt", b"Location\0Thuis")
    assert png.cleaned(picture(place) + b"<script>") == picture()


@pytest.mark.django_db
def test_a_colour_that_not_everyone_can_read_with_is_refused_with_its_contrast(
    world: make.World,
) -> None:
    host = browser(world.operator)
    refused = host.post(PAGE, {"colour": "#ff8800"})
    assert refused.status_code == 422
    assert "het contrast is" in refused.content.decode()
    assert host.post(PAGE, {"colour": "groen"}).status_code == 422
    assert Client().get("/huisstijl/ff8800.css").status_code == 404
    assert Client().get("/huisstijl/x.css").status_code == 404
    assert site.said("colour") == ""


@pytest.mark.django_db
def test_a_logo_is_kept_until_it_is_taken_away(world: make.World) -> None:
    host = browser(world.operator)
    refused = host.post(PAGE, {"picture": SimpleUploadedFile("logo.png", b"geen plaatje")})
    assert refused.status_code == 422
    host.post(PAGE, {"picture": SimpleUploadedFile("logo.png", picture())})
    address = f"/huisstijl/{site.said('logo')}.png"
    answer = Client().get(address)
    assert (answer.content, answer["Content-Type"]) == (picture(), "image/png")
    assert address in Client().get("/").content.decode()
    host.post(PAGE, {"colour": "#4a148c"})
    assert Client().get(address).status_code == 200
    host.post(PAGE, {"without_logo": "on"})
    assert Client().get(address).status_code == 404
    assert site.said("logo") == ""


@pytest.mark.django_db(transaction=True)
def test_every_page_has_the_colour_in_the_light(
    page: Page, for_everyone: Callable[[Page], None]
) -> None:
    SiteDetails.objects.create(id=1, colour="#7b1fa2")
    site.forget()
    page.goto("/inloggen/")
    button = page.locator("main .wv-button").first
    expect(button).to_have_css("background-color", "rgb(123, 31, 162)")
    page.emulate_media(color_scheme="dark")
    expect(button).not_to_have_css("background-color", "rgb(123, 31, 162)")
    page.emulate_media(color_scheme="light")
    for_everyone(page)
