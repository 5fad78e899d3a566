"""The page about settings names what the code reads, and nothing else."""

import re

from wijkverbond.config.doctor import environment
from wijkverbond.config.launch.homes import CHECKOUT, PACKAGE

NAME = re.compile(r"\b(?:WIJKVERBOND_[A-Z_]*[A-Z]|DATABASE_URL|PORT|PYTHON)\b")
READ_BY_SHELL = re.compile(r"\$\{?(WIJKVERBOND_[A-Z_]*[A-Z])")
READ = re.compile(r"""(?:env\.\w+|environ\.get)\(\s*["']([A-Z_]+)["']""")


def test_the_page_about_settings_names_every_setting_and_no_other() -> None:
    sources = [PACKAGE / "config" / "settings.py", *(PACKAGE / "config" / "launch").glob("*.py")]
    read = {name for source in sources for name in READ.findall(source.read_text())}
    read |= set(READ_BY_SHELL.findall((CHECKOUT / "wijkverbond").read_text()))
    page = (CHECKOUT / "docs" / "administrators" / "settings.md").read_text()
    assert {name for name in read if name.startswith("WIJKVERBOND_")} == set(environment.NAMES)
    assert set(NAME.findall(page)) == read | {"PYTHON"}  # read by the shell script
