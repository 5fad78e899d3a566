"""One file with settings, read alike by us and by systemd (`EnvironmentFile=`).

`NAME=value` on each line, and lines that begin with # or ;. A value is as it stands, or between quotes,
single or double; then spaces at its ends count too. `$`, `&`, `#` and `%` mean nothing. What the two
would read differently, or may have been meant otherwise, is refused: a value that goes on after its quote
or on the next line, and a backslash anywhere but between single quotes. A shell does not read this file.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from wijkverbond.config.launch.processes import Misuse

ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_]\w*)=(?P<value>.*)", re.ASCII)
VALUE = re.compile(r"""'(?P<single>[^']*)'|"(?P<double>[^"\\]*)"|(?P<plain>(?!['"])[^\\]*)""")


def load() -> None:
    """Put the settings of the file into the environment; what stands there already stays."""
    file = os.environ.get("WIJKVERBOND_ENV_FILE")
    if file:
        os.environ.update({**read(Path(file)), **os.environ})


def read(file: Path) -> dict[str, str]:
    """The settings of a file; `Misuse` names the line that cannot be one, never what it holds."""
    try:
        text = file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        by_whom = (
            " Type this as the user of the site." if isinstance(error, PermissionError) else ""
        )
        raise Misuse(f"The settings in {file} cannot be read: {reason}.{by_whom}") from error
    return dict(_settings(file, text))


def _settings(file: Path, text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        assignment = ASSIGNMENT.fullmatch(stripped)
        if assignment is None:
            raise Misuse(f"Line {number} of {file} is not a setting. Write NAME=value.")
        value = VALUE.fullmatch(assignment["value"].lstrip())
        if value is None:
            raise Misuse(
                f"Line {number} of {file} can be read in two ways."
                f" Put the whole value of {assignment['name']} between single quotes."
            )
        yield assignment["name"], next(part for part in value.groups() if part is not None)
