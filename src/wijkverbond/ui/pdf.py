"""Accessible PDFs (PDF/UA-1), made by typst; what no font can show never keeps one from being made.

The fonts are those that typst brings, and those in the folder of the setting `PDF_FONTS`. A sign for
which none of them has a picture is shown as `INSTEAD`, and the document gets to know that.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from wijkverbond.kernel.reading_direction import each_set_apart

INSTEAD = "\ufffd"
ROUNDS = 10  # each round finds what the one before it left; two are enough for all we know
NOT_SHOWN = re.compile(r'PDF/UA-1 error: the text .*?`"(.+?)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
# Latin letters, figures and punctuation are in every font for text.
SURELY_SHOWN = re.compile("[\t\n\r\x20-\x7e\xa0-\u017f\u2010-\u2026\u20ac]*")
TRIAL = Path(__file__).parent / "documents" / "trial.typ"


def render(template: Path, content: Mapping[str, Any]) -> bytes:
    """The PDF that a template makes of plain values; the same values give the same bytes.

    What people wrote is handed over as data and cannot become markup, nor turn the reading direction
    of what stands beside it. The template reads `exact`: when signs were replaced, the SHA-256 of
    the values as `exact_text` has them, else nothing.
    """
    pdf, _missing = _compiled(template, content)
    return pdf


def exact_text(content: Mapping[str, Any]) -> bytes:
    """The values of a document as they were written, of which a document can give the digest."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=2).encode()


def not_shown(texts: Iterable[str]) -> set[str]:
    """The signs in these texts that no font of a PDF can show."""
    doubtful = [text for text in texts if not SURELY_SHOWN.fullmatch(text)]
    return _compiled(TRIAL, {"texts": doubtful})[1] if doubtful else set()


def _compiled(template: Path, content: Mapping[str, Any]) -> tuple[bytes, set[str]]:
    missing: set[str] = set()
    for _round in range(ROUNDS):
        shown = _with_others(each_set_apart(content), missing)
        exact = hashlib.sha256(exact_text(content)).hexdigest() if missing else ""
        try:
            pdf = typst.compile(
                template,
                sys_inputs={"content": json.dumps({**shown, "exact": exact})},
                pdf_standards=["ua-1"],
                ignore_system_fonts=True,
                font_paths=[settings.PDF_FONTS] if settings.PDF_FONTS else [],
            )
        except typst.TypstError as error:
            signs = {_unescaped(sign) for sign in NOT_SHOWN.findall(error.diagnostic)} - missing
            if not signs:
                raise
            missing |= signs
        else:
            assert isinstance(pdf, bytes)
            return pdf, missing
    raise ValueError(f"after {ROUNDS} rounds there are still signs that no font can show")


def _with_others(value: Any, missing: set[str]) -> Any:
    """The values with one other sign for each run of signs that cannot be shown."""
    if not missing:
        return value
    match value:
        case str():
            longest_first = sorted(missing, key=len, reverse=True)
            run = re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})+")
            return run.sub(INSTEAD, value)
        case Mapping():
            return {key: _with_others(item, missing) for key, item in value.items()}
        case list():
            return [_with_others(item, missing) for item in value]
    return value


def _unescaped(sign: str) -> str:
    """A sign as typst names it in a message, as it is."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], sign)
