"""Finds the matrices that each capability brings in its own `tests` folder.

`expected_policies.csv`: one line for each action, object and state of the capability's policies,
written by hand from R1 to R13: `action,object,state,needs` and then y or n for each kind of actor.

`access.csv`: one line for each of its addresses and method: `url,method` and then the status for
each role. `access.py` beside it gives the arguments of addresses that need more than the slug:
`ARGUMENTS: dict[str, Callable[[make.World], dict[str, object]]]`, by the name of the address.

`service_cases.py`: `SERVICE_CASES: dict[str, ServiceCase]`, by the name of each service in which somebody does something: the
action that it must ask for, on a record of which it is known whose it is.
"""

import csv
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import make
from tests.service_cases import ServiceCase

SOURCE = Path(__file__).resolve().parent.parent / "src" / "wijkverbond"

Line = dict[str, str]
Arguments = Callable[[make.World], dict[str, object]]


def lines(name: str) -> list[Line]:
    """The lines of every capability's file of this name; empty lines are for the reader."""
    every_line = []
    for file in sorted(SOURCE.glob(f"*/tests/{name}")):
        with file.open(newline="", encoding="utf-8") as opened:
            every_line += [line for line in csv.DictReader(opened) if any(line.values())]
    return every_line


def arguments() -> dict[str, Arguments]:
    """How each capability fills the addresses that need more than the coalition's slug."""
    return _brought("access.py", "ARGUMENTS")


def service_cases() -> dict[str, ServiceCase]:
    """What somebody does in each service of every capability."""
    return _brought("service_cases.py", "SERVICE_CASES")


def _brought(name: str, table: str) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for file in sorted(SOURCE.glob(f"*/tests/{name}")):
        spec = importlib.util.spec_from_file_location(f"{file.stem}_{file.parts[-3]}", file)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        entries |= getattr(module, table)
    return entries
