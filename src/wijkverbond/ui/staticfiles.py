"""Static files: one stylesheet made of its parts, hashed and compressed names, no build step."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "ui/css/index.css"
IMPORT = re.compile(r'^@import "(?P<name>[\w-]+\.css)";$', re.MULTILINE)


def joined(read: Callable[[str], str]) -> str:
    """The stylesheet in one piece; `read` gives the text of one of its files."""
    return IMPORT.sub(lambda line: read(line["name"]), read("index.css"))


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped package
    """Flattens the imports of the stylesheet, then hashes and compresses (`collectstatic`).

    Without collected files (development) the browser follows the imports itself.
    """

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        """Join the stylesheet's parts in the folder of collected files, then go on as usual."""
        if not options.get("dry_run") and STYLESHEET in paths:
            self._flatten()
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, **options)

    def _flatten(self) -> None:
        folder = STYLESHEET.rpartition("/")[0]

        def read(name: str) -> str:
            with self.open(f"{folder}/{name}") as file:
                return str(file.read(), "utf-8")

        whole = joined(read)
        self.delete(STYLESHEET)
        self.save(STYLESHEET, ContentFile(whole.encode()))
