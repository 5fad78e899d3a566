"""The log: lines on standard error, for people or as JSON, without anything of people in them.

Our own lines come from `structlog.get_logger()`. Of what libraries log, only the fixed part of a text is
kept and never a value, because values are what people sent; an error is told by `kernel.error_text`.
"""

import re
import sys
import threading
import time
from http import HTTPStatus
from typing import Any

import structlog
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict

from wijkverbond.kernel import error_text
from wijkverbond.ui.request_log import HIDDEN, tell_request

Line = dict[str, Any]

AWAY_SECONDS = 600
PLACEHOLDER = re.compile(r"%[-+ #0-9.*]*[a-z]", re.IGNORECASE)
# What the worker says of a job that did not succeed; that it takes one up or succeeds is no news.
FAILED_JOB = {"job_error", "job_error_retry", "job_aborted", "job_aborted_retry"}


def configure(*, as_json: bool) -> Line:
    """Let structlog write to Python's logging, and return what `LOGGING` is to be."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    formatter = {
        "()": ProcessorFormatter,
        "use_get_message": False,
        "pass_foreign_args": True,
        "foreign_pre_chain": [_of_library],
        "processors": [
            *BEFORE,
            _Errors(),
            *AFTER,
            JSONRenderer(ensure_ascii=False) if as_json else PLAIN,
        ],
    }
    news = {"()": "django.utils.log.CallbackFilter", "callback": _is_news}
    handler = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["news"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "filters": {"news": news},
        "handlers": {"stderr": handler},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            "wijkverbond": {"level": "INFO"},
            "procrastinate": {"level": "INFO"},
            # What cannot be found or is not allowed is everyday; refused forms and hosts have lines of
            # our own (ui/errors.py).
            "django": {"level": "ERROR", "handlers": []},
            "django.security": {"level": "CRITICAL"},
            "_granian": {"level": "ERROR", "handlers": ["stderr"], "propagate": False},
        },
    }


def _is_news(record: Any) -> bool:
    """Whether a line is not about a job that goes as it should, or an answer that needs none."""
    if record.name.startswith("procrastinate") and record.levelname == "INFO":
        return getattr(record, "action", "") in FAILED_JOB
    # A 503 without an error is what a probe hears, or has a line of our own that says why.
    is_told = getattr(record, "status_code", None) == HTTPStatus.SERVICE_UNAVAILABLE
    return not is_told or bool(record.exc_info)


def _of_library(_logger: object, _method: str, line: Line) -> Line:
    """What a library logged, by the fixed part of its text; the job or the answer that it is about."""
    record, arguments = line["_record"], line.pop("positional_args")
    if job := getattr(record, "job", None):
        more = {"task": job["task_name"], "job": job["id"], "attempts": job["attempts"]}
        return {**line, "event": record.action, **more}
    if status := getattr(record, "status_code", None):
        return {**line, "event": HTTPStatus(status).phrase, "status": status}
    # Without arguments the values may be in the text already; then where it was logged has to do.
    where = f"{record.module}.{record.funcName}"
    return {**line, "event": _without_values(record.msg, arguments) if arguments else where}


def _without_values(text: str, arguments: object) -> str:
    """A text with its numbers and the causes of errors filled in, and with … for every other value."""
    values = iter(arguments if isinstance(arguments, tuple) else ())

    def told(_placeholder: re.Match[str]) -> str:
        value = next(values, None)
        if isinstance(value, BaseException):
            return error_text.cause(value)
        return str(value) if isinstance(value, int) else HIDDEN

    return PLACEHOLDER.sub(told, text)


class _Errors:
    """Adds an error's traceback, as the log may tell it; of a database that is away once in a while.

    Every request of an outage fails in the same way, and one line of each is enough.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next_traceback = 0.0

    def __call__(self, _logger: object, _method: str, line: EventDict) -> EventDict:
        """The line, with what went wrong instead of the error itself."""
        found = line.pop("exc_info", None)
        error = found[1] if isinstance(found, tuple) else found
        if error is True:
            error = sys.exc_info()[1]
        if isinstance(error, error_text.AWAY) and not self._is_news():
            line["why"] = error_text.cause(error.__cause__ or error)
        elif isinstance(error, BaseException):
            line["exception"] = error_text.told(error)
        return line

    def _is_news(self) -> bool:
        with self._lock:
            now = time.monotonic()
            is_news = now >= self._next_traceback
            if is_news:
                self._next_traceback = now + AWAY_SECONDS
        return is_news


BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    tell_request,
]
AFTER: list[Any] = [
    TimeStamper(fmt="iso", utc=True),
    ProcessorFormatter.remove_processors_meta,
]
PLAIN = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, pad_level=False)
