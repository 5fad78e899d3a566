"""Parts that come from the operating system."""

import os
import shutil
import sys
from dataclasses import dataclass

from wijkverbond.config.launch import processes
from wijkverbond.config.launch.processes import Failure, say


@dataclass(frozen=True)
class Part:
    """A program, and Debian's packages that bring it."""

    program: str
    packages: tuple[str, ...]


BROWSER = Part("chromium", ("chromium", "fonts-liberation"))
GETTEXT = Part("xgettext", ("gettext",))


def need(part: Part, *, or_fail: bool = True) -> None:
    """Install a missing part where that is allowed; otherwise say the one command, or fail."""
    if shutil.which(part.program) is not None:
        return
    packages = " ".join(part.packages)
    if os.geteuid() == 0 and shutil.which("apt-get") is not None:
        say(f"installing {packages}")
        if _install(part.packages):
            return
    message = f"{part.program} is missing. Type: sudo apt-get install {packages}"
    if or_fail:
        raise Failure(message)
    say(message)


def _install(packages: tuple[str, ...]) -> bool:
    """Install packages, after asking for the list of them when the present one does not do."""
    apt = ["apt-get", "-qq", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def done(*arguments: str) -> bool:
        return processes.call([*apt, *arguments], env=env, output=sys.stderr) == 0

    return done("install", *packages) or (done("update") and done("install", *packages))
