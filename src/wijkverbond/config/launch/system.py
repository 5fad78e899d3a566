"""Parts that come from the operating system."""

import ctypes
import os
import shutil
import sys
from dataclasses import dataclass

from wijkverbond.config.launch import processes
from wijkverbond.config.launch.processes import Failure, say


@dataclass(frozen=True)
class Part:
    """A program or shared library, and Debian's packages that bring it."""

    name: str
    packages: tuple[str, ...]

    def is_there(self) -> bool:
        """Whether the system has it."""
        if ".so" not in self.name:
            return shutil.which(self.name) is not None
        try:
            ctypes.CDLL(self.name)
        except OSError:
            return False
        return True


GETTEXT = Part("xgettext", ("gettext",))
# The browser itself, with a font to draw text, and what the program that drives it needs.
BROWSER = (
    Part("chromium", ("chromium", "fonts-liberation")),
    Part("libatomic.so.1", ("libatomic1",)),
)

# A pooler of connections, through which the tests read as well.
POOLER = Part("pgbouncer", ("pgbouncer",))
FOR_TESTS = (GETTEXT, *BROWSER, POOLER)


def need(*parts: Part, or_fail: bool = True) -> None:
    """Install missing parts where that is allowed; otherwise say the one command, or fail with it."""
    missing = [part for part in parts if not part.is_there()]
    if not missing:
        return
    packages = [package for part in missing for package in part.packages]
    if os.geteuid() == 0 and shutil.which("apt-get") is not None:
        say(f"installing {' '.join(packages)}")
        if _install(packages):
            return
    names = " and ".join(part.name for part in missing)
    message = f"Missing: {names}. Type: sudo apt-get install {' '.join(packages)}"
    if or_fail:
        raise Failure(message)
    say(message)


def _install(packages: list[str]) -> bool:
    """Install packages, after asking for the list of them when the present one does not do."""
    apt = ["apt-get", "-qq", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def done(*arguments: str) -> bool:
        return processes.call([*apt, *arguments], env=env, output=sys.stderr) == 0

    return done("install", *packages) or (done("update") and done("install", *packages))
