"""Parts that come from the operating system."""

import os
import shutil
import sys

from wijkverbond.config.launch import processes
from wijkverbond.config.launch.processes import Failure, say


def need(programs: dict[str, str]) -> None:
    """Install the packages (values) whose programs (keys) are missing, where that is allowed, or say how."""
    missing = [package for program, package in programs.items() if shutil.which(program) is None]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Failure(f"Something is missing. Type: sudo apt-get install {' '.join(missing)}")
    say(f"installing {' '.join(missing)}")
    apt = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "--no-install-recommends", *missing]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if processes.call(install, env=env, output=sys.stderr) != 0:
        processes.call([*apt, "update"], env=env, output=sys.stderr)
        if processes.call(install, env=env, output=sys.stderr) != 0:
            raise Failure(f"apt-get could not install {' '.join(missing)}.")
