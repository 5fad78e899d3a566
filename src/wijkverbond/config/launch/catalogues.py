"""Translation catalogues: compiled, checked for completeness, brought up to date with the code."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.core.management.commands import makemessages

PACKAGE = Path(__file__).resolve().parents[2]
LANGUAGE = "nl"
PLACE = Path("locale", LANGUAGE, "LC_MESSAGES", "django.po")
_MAKE = f"--locale {LANGUAGE} --no-wrap --no-obsolete --add-location file"
_MAKE += " --ignore tests --verbosity 0"

# Without dates and names, so that only a change of messages changes a file.
HEADER = f"""msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

Key = tuple[str, str]


def _read(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=LANGUAGE)


def _read_if_there(file: Path) -> Catalog:
    return _read(file) if file.exists() else Catalog()


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _messages(catalog: Catalog) -> dict[Key, Message]:
    """The messages by context and text, without the header."""
    messages = (message for message in catalog if message.id)
    return {(message.context or "", _forms(message.id)[0]): message for message in messages}


def compile_all() -> None:
    """Compile every catalogue, each in one step, because a site may be reading the old one."""
    for source in sorted(PACKAGE.glob(f"*/{PLACE}")):
        with tempfile.NamedTemporaryFile(dir=source.parent, suffix=".new", delete=False) as new:
            write_mo(new, _read(source))
        Path(new.name).chmod(0o644)
        if os.geteuid() == 0:  # it belongs to whose the source is, or they could not renew it
            with contextlib.suppress(OSError):  # this root may not everything
                os.chown(new.name, source.stat().st_uid, source.stat().st_gid)
        Path(new.name).replace(source.with_suffix(".mo"))


class _Collect(makemessages.Command):
    """Django's own command; a new message stands untranslated, never with that of one like it."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def _make(package: Path) -> None:
    """Let Django collect the messages of every app below `package` into the app's own catalogue."""
    for app in sorted(package.iterdir()):
        if app.is_dir() and (app / "__init__.py").exists():
            (app / PLACE).parent.mkdir(parents=True, exist_ok=True)
    with contextlib.chdir(package):
        call_command(_Collect(), *_MAKE.split())


def _remove_empty(package: Path) -> None:
    """Take away the folders that `_make` made for apps without messages."""
    for folder in [package, *package.iterdir()]:
        locale = folder / "locale"
        if locale.is_dir() and not any(file.is_file() for file in locale.rglob("*")):
            shutil.rmtree(locale)


def update() -> None:
    """Bring every catalogue up to date with the code; what is new stands in it untranslated."""
    _make(PACKAGE)
    _remove_empty(PACKAGE)
    for file in PACKAGE.glob(f"*/{PLACE}"):
        _, messages = file.read_text(encoding="utf-8").split("\n\n", maxsplit=1)
        file.write_text(f"{HEADER}\n{messages}", encoding="utf-8")


def _wrong(translated: Message | None, message: Message, catalog: Catalog) -> str:
    """What is wrong with what was found for a message of the code, in a few words; "" = nothing."""
    if translated is None:
        return "missing"
    if translated.fuzzy:
        return "fuzzy"
    if not all(_forms(translated.string)):
        return "untranslated"
    if len(_forms(translated.id)) != len(_forms(message.id)):
        return "without its plural"
    return ", ".join(str(error) for error in translated.check(catalog))


def problems(app: str, committed: Catalog, needed: Catalog) -> Iterator[str]:
    """What is wrong with an app's catalogue, one sentence for each message."""
    have, need = _messages(committed), _messages(needed)
    file = Path(app) / PLACE
    for (context, text), message in need.items():
        wrong = _wrong(have.get((context, text)), message, committed)
        if wrong:
            yield f"{file}: {wrong}: {text!r}"
    for _, text in have.keys() - need.keys():
        yield f"{file}: not in the code any more: {text!r}"
    for message in committed.obsolete.values():
        yield f"{file}: obsolete: {_forms(message.id)[0]!r}"
    if have.keys() == need.keys() and [*have] != [*need]:
        yield f"{file}: not in the order of the code"


def disagreements(committed: Mapping[str, Catalog]) -> Iterator[str]:
    """Messages that two apps translate differently, one sentence for each, by the catalogues of apps.

    Django merges the catalogues of all apps, so every page would show one app's translation. A
    message that means something else in another app has a context there.
    """
    first: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for app, catalog in committed.items():
        for (context, text), message in _messages(catalog).items():
            key, translation = (context, *_forms(message.id)), _forms(message.string)
            other_app, other = first.setdefault(key, (app, translation))
            if translation != other:
                files = f"{Path(other_app) / PLACE} and {Path(app) / PLACE}"
                both = f"{' / '.join(other)!r} and {' / '.join(translation)!r}"
                yield f"{files}: two translations: {text!r}: {both}"


def check() -> int:
    """Compare every catalogue with the code and the others; 1 when one is not complete and exact."""
    mistakes: list[str] = []
    catalogs: dict[str, Catalog] = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / PACKAGE.name
        left_out = shutil.ignore_patterns("locale", "__pycache__", "static", "tests")
        shutil.copytree(PACKAGE, copy, ignore=left_out)
        _make(copy)
        for app in sorted(entry.name for entry in copy.iterdir() if entry.is_dir()):
            catalogs[app] = _read_if_there(PACKAGE / app / PLACE)
            mistakes += problems(app, catalogs[app], _read_if_there(copy / app / PLACE))
    mistakes += disagreements(catalogs)
    if mistakes:
        mistakes.append("./wijkverbond messages brings the catalogues up to date; then translate.")
        print("\n".join(mistakes))
    return 1 if mistakes else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["compile"]:
            compile_all()
        case ["update"]:
            update()
        case ["check"]:
            sys.exit(check())
