"""Runs the verifier on the text of a register, as a program and in this process."""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

from wijkverbond.register import verify
from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.sample_registers import OTHER_STREAM

SIZE = 9
NAMED = re.compile(r"First wrong entry: index (\d+) \(number (\d+)\)")


def verify_as_program(file: Path, *arguments: object) -> tuple[int, str]:
    """Run the program as people do; its exit status and what it said."""
    completed = subprocess.run(
        [sys.executable, verify.__file__, str(file), *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=60,
        env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    return completed.returncode, completed.stdout + completed.stderr


def index_named(output: str) -> int:
    """The index of the entry that the program named."""
    match = NAMED.match(output)
    assert match, output
    assert int(match[2]) == int(match[1]) + 1
    return int(match[1])


def heads_said(output: str) -> list[str]:
    """The heads that the program printed because they do not go together."""
    assert output.startswith("Split or rewritten history"), output
    return [head.text for head in verify.heads_in(output)]


def verify_text(text: str | bytes, folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and output of the program, without a process of its own: for many examples.

    It begins without heads from earlier checks.
    """
    folder.joinpath("heads.txt").unlink(missing_ok=True)
    return verify_again(text, folder, *arguments)


def verify_again(text: str | bytes, folder: Path, *arguments: str) -> tuple[int, str]:
    """The same, with the heads that were kept before."""
    file = folder / "register.json"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        status = verify.main([str(file), *arguments])
    return status, output.getvalue()


OTHERS_HEADS = sample_registers.document(SIZE, OTHER_STREAM)["heads"]


def index_found(text: str | bytes, folder: Path, *how: str) -> int:
    """The index that the verifier names in this text, with the right key."""
    status, output = verify_text(text, folder, "--key", sample_registers.key(), *how)
    assert status == 1, output
    return index_named(output)


def write_kept_heads(folder: Path, *heads: str) -> str:
    """A file with these heads, laid out as the program says to keep them; its path."""
    file = folder / "kept.txt"
    file.write_text("Everything matches.\nkeep it:\n\n" + "\n".join(heads), "utf-8")
    return str(file)
