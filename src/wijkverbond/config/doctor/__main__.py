"""The entry point: `python -m wijkverbond.config.doctor [--mail ADDRESS]`, in the environment to look at."""

import os
import signal
import sys
from collections.abc import Callable, Iterable

from wijkverbond.config.doctor import environment
from wijkverbond.config.doctor.findings import Finding
from wijkverbond.config.launch import homes


def main(arguments: list[str]) -> int:
    """Look at everything: 0 when nothing is wrong, else 1."""
    mistakes = environment.mistakes(os.environ, homes.secrets_of_examples())
    is_well = _tell("settings", [*mistakes, *environment.doubts(os.environ)])
    if mistakes:
        print("note   the rest was not looked at: with these settings nothing starts")
        return 1
    for name, look in _parts(dict(zip(arguments[::2], arguments[1::2], strict=True))):
        is_well = _tell(name, _found(look)) and is_well
    return 0 if is_well else 1


def _parts(options: dict[str, str]) -> Iterable[tuple[str, Callable[[], Iterable[Finding]]]]:
    """What is looked at with Django, which must not be there before the settings are right."""
    import django  # noqa: PLC0415

    django.setup()
    from wijkverbond.config.doctor import address, database, mail, sign_in  # noqa: PLC0415

    return [
        ("database", database.look),
        ("mail", lambda: mail.look(options.get("--mail", ""))),
        ("sign-in", sign_in.look),
        ("address", address.look),
    ]


def _found(look: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What it finds; that it could not look is a finding too, never a traceback."""
    from wijkverbond.kernel.error_text import cause  # noqa: PLC0415

    try:
        return [*look()]
    except Exception as error:  # noqa: BLE001 - told
        return [Finding(f"This could not be looked at ({cause(error)}).", "Please report it.")]


def _tell(name: str, findings: list[Finding]) -> bool:
    """Print what was found, or that nothing was; whether nothing is wrong."""
    for finding in findings:
        print(f"{'note ' if finding.is_note else 'wrong'}  {name}: {finding}", flush=True)
    wrong = [finding for finding in findings if not finding.is_note]
    if not findings:
        print(f"ok     {name}", flush=True)
    return not wrong


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # who read enough (`| head`) ends it
    sys.exit(main(sys.argv[1:]))
