"""The files for browsers, as an installation serves them: collected, compressed, named by digest."""

import json
import re
from pathlib import Path

from django.conf import LazySettings
from django.core.management import call_command

from wijkverbond.config.launch.homes import PACKAGE

NAMED = re.compile(r"""\{% static ["']([^"'{]+)["']""")


def test_every_file_that_a_page_or_stylesheet_names_is_collected(
    tmp_path: Path, settings: LazySettings
) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", interactive=False, verbosity=0)  # refuses a missing url(…)
    collected = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    pages = PACKAGE.glob("*/templates/**/*.html")
    files_named = {name for page in pages for name in NAMED.findall(page.read_text())}
    assert files_named
    assert files_named <= set(collected)
