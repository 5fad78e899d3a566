"""What stands with a release: the version, what is in it, and what is known to be wrong with it."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from wijkverbond.config.launch import releases
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.config.launch.processes import Failure
from wijkverbond.config.version import project_version

LOCK = {"django", "numpy"}


def report(**found: object) -> str:
    """What pip-audit writes: of each package what it found, or why it looked no further."""
    packages = [{"name": name, "version": "1.0", **what} for name, what in found.items()]  # type: ignore[dict-item]
    return json.dumps({"dependencies": packages, "fixes": []})


def test_every_package_of_an_installation_is_in_the_list_of_parts(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    # The command holds the file to the schema of CycloneDX as well.
    subprocess.run([CHECKOUT / "wijkverbond", "sbom", file], check=True)
    parts = json.loads(file.read_text())
    names = {part["name"] for part in parts["components"]}
    assert names == releases.locked(releases.LOCK.read_text())
    assert parts["metadata"]["component"]["version"] == project_version()


def test_every_file_that_is_installed_is_held_to_a_digest_and_to_no_address() -> None:
    for lock in CHECKOUT.glob("*.lock"):
        packages = re.split(r"\n(?=[\w-]+)", lock.read_text())
        assert [package for package in packages if "--hash=sha256:" not in package] == []
        assert "://" not in lock.read_text()
    script = (CHECKOUT / "wijkverbond").read_text()
    assert script.count("pip install") == script.count("--require-hashes") == 2


def test_nothing_is_called_safe_that_nobody_looked_at() -> None:
    skipped = report(django={"vulns": []}, numpy={"skip_reason": "it could not be found"})
    for nothing, named in (
        ("", "It said: no network"),
        ("{}", "It said"),
        (skipped, "about numpy"),
    ):
        with pytest.raises(Failure, match=named):
            releases.vulnerabilities(nothing, LOCK, "no network")


def test_what_is_wrong_is_named_with_what_mends_it() -> None:
    found = {"id": "PYSEC-1", "fix_versions": ["1.1"]}
    known = report(django={"vulns": [found]}, numpy={"vulns": []})
    assert releases.vulnerabilities(known, LOCK) == ["django 1.0: PYSEC-1, mended in 1.1"]
    safe = report(django={"vulns": []}, numpy={"vulns": []})
    assert releases.vulnerabilities(safe, LOCK) == []


def test_an_audit_without_network_ends_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with pytest.raises(Failure, match="nothing is known"):
        releases.audit([])
