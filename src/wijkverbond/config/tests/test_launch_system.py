"""Parts that come from the operating system."""

import os

import pytest

from wijkverbond.config.launch import system
from wijkverbond.config.launch.processes import Failure
from wijkverbond.config.launch.system import Part

ABSENT = (Part("no-such-program", ("one", "two")), Part("libnone.so.7", ("three",)))


@pytest.mark.parametrize("name", ["sh", "libc.so.6"])
def test_present_parts_are_found(name: str) -> None:
    assert Part(name, ()).is_there()


@pytest.mark.parametrize("part", ABSENT)
def test_missing_parts_are_found(part: Part) -> None:
    assert not part.is_there()


@pytest.fixture
def without_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing can be installed."""
    monkeypatch.setitem(os.environ, "PATH", "/nonexistent")


@pytest.mark.usefixtures("without_apt")
def test_missing_parts_are_named_with_one_command() -> None:
    with pytest.raises(Failure) as refused:
        system.need(*ABSENT)
    assert "no-such-program and libnone.so.7" in str(refused.value)
    assert str(refused.value).endswith("Type: sudo apt-get install one two three")


@pytest.mark.usefixtures("without_apt")
def test_missing_parts_can_be_no_more_than_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    system.need(*ABSENT, or_fail=False)
    assert "sudo apt-get install one two three" in capsys.readouterr().err


def test_no_message_when_nothing_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    system.need(Part("sh", ("none",)))
    assert capsys.readouterr().err == ""
