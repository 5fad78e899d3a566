"""What a release is made of: `wheel`, `sbom` and `audit` (docs/contributors/releasing.md)."""

import json
import subprocess
import sys
from pathlib import Path

from wijkverbond.config.launch import environments, processes
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.config.launch.processes import Command, Failure, Misuse

LOCK = CHECKOUT / "requirements.lock"


def wheel(arguments: list[str]) -> int:
    """`wheel [FOLDER]`: the wheel of this checkout, in `dist/` or that folder; needs no network."""
    if len(arguments) > 1:
        raise Misuse("wheel takes one folder.")
    folder = Path(*arguments or ["dist"]).absolute()
    build = [*(sys.executable, "-m", "uv", "build", "--wheel", "--offline", "--quiet")]
    command: Command = [*build, "--out-dir", folder, CHECKOUT]
    return processes.call(command, env=environments.plain(), cwd=CHECKOUT)


def sbom(arguments: list[str]) -> int:
    """`sbom FILE`: what an installation consists of, by its lock file (CycloneDX 1.6, JSON)."""
    if len(arguments) != 1:
        raise Misuse("sbom takes one file.")
    make: Command = [sys.executable, "-W", "ignore:The Component", "-m", "cyclonedx_py"]
    about: Command = ["--pyproject", CHECKOUT / "pyproject.toml", "--mc-type", "application"]
    form = [
        "--spec-version",
        "1.6",
        "--output-format",
        "JSON",
        "--output-reproducible",
        "--validate",
    ]
    file: Command = ["--output-file", Path(arguments[0]).absolute()]
    return processes.call(
        [*make, "requirements", LOCK, *about, *form, *file], env=environments.plain()
    )


def audit(arguments: list[str]) -> int:
    """`audit`: which packages of an installation have known vulnerabilities; 1 when it cannot be known."""
    if arguments:
        raise Misuse("audit takes no arguments.")
    asked = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    answer = subprocess.run(
        [*asked, "--progress-spinner=off", "--format=json", "--requirement", str(LOCK)],
        env=environments.plain(),
        capture_output=True,
        text=True,
        check=False,
    )
    vulnerable = vulnerabilities(answer.stdout, locked(LOCK.read_text()), answer.stderr)
    print("\n".join(vulnerable) or "No package of an installation has a known vulnerability.")
    return 1 if vulnerable else 0


def locked(lock: str) -> set[str]:
    """The names of the packages in a lock file."""
    return {line.partition("==")[0].partition("[")[0] for line in lock.splitlines() if "==" in line}


def vulnerabilities(report: str, names: set[str], errors: str = "") -> list[str]:
    """What a report of pip-audit found, a line each; `Failure` unless it knew about every package."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError) as error:
        said = errors.strip().splitlines()[-1:] or ["nothing"]
        what = f"There are no data about vulnerabilities, so nothing is known. It said: {said[0]}"
        raise Failure(what) from error
    unknown = sorted(names - {package["name"] for package in packages if "vulns" in package})
    if unknown:
        raise Failure(f"There are no data about {', '.join(unknown)}, so nothing is known.")
    return [
        f"{package['name']} {package['version']}: {found['id']}, mended in"
        f" {' or '.join(found['fix_versions']) or 'no version yet'}"
        for package in packages
        for found in package["vulns"]
    ]
