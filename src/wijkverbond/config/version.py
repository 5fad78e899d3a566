"""Which version of the project this is: it stands in `pyproject.toml`, and so in what is built from it."""

import importlib.metadata
import tomllib
from functools import cache

from wijkverbond.config.launch.homes import CHECKOUT, IS_CHECKOUT


@cache
def project_version() -> str:
    """The version, such as 0.1.0: the newest one that was released when this was written."""
    if not IS_CHECKOUT:
        return importlib.metadata.version("wijkverbond")
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    return str(project["version"])
