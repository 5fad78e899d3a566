"""S13: the stand-alone verifier on a register of 1,000,000 entries (quality.md: 10 s, aim 5 s).

`./wijkverbond bench verifier`. Entries of the size of a judged check-in, each with its signed head; the
file is made first (two minutes), then checked by the program with --quick, which leaves out all
signatures but the last. ENTRIES=10000 is quicker.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from wijkverbond.kernel import merkle

ENTRIES = int(os.environ.get("ENTRIES", "1000000"))
NAME = "wijkverbond.example"
VERIFIER = Path(__file__).parents[1] / "src" / "wijkverbond" / "register" / "verify.py"


def main() -> None:
    """Print the size of the file, the seconds that the check took, and those by 10 s."""
    signer = merkle.Signer(NAME, bytes(32))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.json"
        _write(file, signer)
        print(f"verifier: {ENTRIES} entries, {file.stat().st_size / 1e6:.0f} MB")
        began = time.perf_counter()
        command = [
            sys.executable,
            str(VERIFIER),
            str(file),
            "--key",
            signer.verifier_key,
            "--quick",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"verifier: {done.stdout.splitlines()[0]}")
    print(
        f"verifier: {seconds:.1f} s ({used.ru_utime:.1f} s of the processor), {used.ru_maxrss // 1000} MB"
    )
    print(f"verifier: seconds / 10 for a million: {seconds / 10 * 1e6 / ENTRIES:.2f}")


def _write(file: Path, signer: merkle.Signer) -> None:
    stream = str(uuid.UUID(int=1))
    frontier: list[bytes] = []
    heads: list[str] = []
    with file.open("w") as out:
        start = {
            "format": "wijkverbond-register-1",
            "coalition": "wijk",
            "key": signer.verifier_key,
        }
        out.write(json.dumps(start).removesuffix("}") + ', "entries": [')
        for index, leaf in enumerate(_leaves(stream)):
            out.write(("," if index else "") + "\n" + leaf)
            frontier = merkle.grow(frontier, index, leaf.encode())
            head = signer.checkpoint(f"{NAME}/{stream}", index + 1, merkle.root(frontier))
            heads.append(json.dumps(head))
        out.write('\n], "heads": [\n' + ",\n".join(heads) + "\n]}\n")


def _leaves(stream: str) -> Iterator[str]:
    chance = random.Random(1)
    for index in range(ENTRIES):
        owner, judge, check_in, pledge = (
            str(uuid.UUID(int=chance.getrandbits(128))) for _ in "1234"
        )
        leaf = {
            "format": 1,
            "stream": stream,
            "index": index,
            "at": f"2026-03-02T08:00:00.{index % 1_000_000:06d}Z",
            "event": "actions.check_in_judged",
            "version": 1,
            "facts": {
                "check_in": check_in,
                "due": "2026-03-01",
                "judge": judge,
                "judge_kind": "residents",
                "kind": "government",
                "party": owner,
                "pledge": pledge,
                "verdict": "kept",
            },
            "party": judge,
            "rests_on": [f"pledge:{pledge}"],
        }
        yield json.dumps(leaf, sort_keys=True, separators=(",", ":"))
