"""The files for containers, by their form: there may be no engine here to run them."""

import json
import re

import yaml
from django.urls import resolve

from wijkverbond.config.doctor import environment
from wijkverbond.config.launch.commands import HANDLERS
from wijkverbond.config.launch.homes import CHECKOUT

FOLDER = CHECKOUT / "docs" / "administrators" / "container"
STEPS = re.sub(r"\\\n\s*", "", (FOLDER / "Containerfile").read_text()).splitlines()
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text())
OURS = ("migrate", "web", "worker")


def step(name: str) -> str:
    """What follows the only instruction of that name."""
    (found,) = (line.removeprefix(f"{name} ") for line in STEPS if line.startswith(f"{name} "))
    return found


def test_what_is_copied_is_there_or_built_before() -> None:
    *sources, _ = step("COPY").split()
    built = {"dist/*.whl"}  # by `./wijkverbond wheel dist`
    assert [name for name in sources if name not in built and not (CHECKOUT / name).exists()] == []


def test_every_setting_exists() -> None:
    named = {assignment.partition("=")[0] for assignment in step("ENV").split()}
    assert named <= {*environment.NAMES, "PORT", "PYTHONDONTWRITEBYTECODE"}


def test_nothing_of_ours_is_root_or_writes_to_the_image() -> None:
    assert step("USER") == "wijkverbond"
    for name in OURS:
        part = COMPOSE["services"][name]
        assert part["read_only"]
        assert part["cap_drop"] == ["ALL"]


def test_the_engine_asks_for_the_health_that_the_site_tells() -> None:
    asking = json.loads(step("HEALTHCHECK").partition("CMD ")[2])[-1]
    address = re.search(r"http://127\.0\.0\.1:8000(/[^?']*)", asking)
    assert address
    assert resolve(address[1]).url_name == "probe"
    compile(asking, "HEALTHCHECK", "exec")


def test_site_and_worker_wait_for_tables_that_wait_for_the_database() -> None:
    parts = COMPOSE["services"]
    assert [parts[name]["command"] for name in OURS] == [
        ["manage", "migrate"],
        ["run", "--only", "web"],
        ["run", "--only", "worker"],
    ]
    assert {parts[name]["command"][0] for name in OURS} <= HANDLERS.keys()
    assert parts["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"
    for name in ("web", "worker"):
        done = parts[name]["depends_on"]["migrate"]["condition"]
        assert done == "service_completed_successfully"
