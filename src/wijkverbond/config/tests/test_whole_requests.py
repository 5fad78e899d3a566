"""A request gets a thread once it has come in whole; its answer is closed."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.elsewhere import elsewhere
from wijkverbond.config.launch import whole_requests
from wijkverbond.config.launch.whole_requests import in_threads

Message = dict[str, Any]


class Answer:
    """An answer in two parts that knows whether it was closed."""

    def __init__(self, environ: Message) -> None:
        self.environ, self.is_closed = environ, False
        self.body = environ["wsgi.input"].read()

    def __iter__(self) -> Iterator[bytes]:
        yield b"you sent "
        yield self.body

    def close(self) -> None:
        """Nobody needs it any more."""
        self.is_closed = True


def ask(
    *parts: Message | None, headers: dict[bytes, bytes] | None = None, takes: bool = True
) -> tuple[list[Message], list[Answer]]:
    """What somebody hears who sends these parts (None: nothing comes any more), and the answers made.

    Who does not take (`takes`) hears only how the answer begins.
    """
    answers: list[Answer] = []
    sent: list[Message] = []
    waiting = [*parts]

    def site(environ: Message, start_response: Callable[..., Any]) -> Answer:
        start_response("200 OK", [("Content-Type", "text/plain")])
        answers.append(Answer(environ))
        return answers[-1]

    async def receive() -> Message:
        part = waiting.pop(0)
        if part is None:
            await asyncio.Event().wait()
        assert part
        return part

    async def send(message: Message) -> None:
        if sent and not takes:
            await asyncio.Event().wait()
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [*(headers or {}).items()],
    }
    application: Any = in_threads(site)
    elsewhere(lambda: asyncio.run(application(scope, receive, send)))
    return sent, answers


def part(body: bytes, *, more: bool = False) -> Message:
    """A part of a request."""
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_request_in_parts_is_answered_whole_and_the_answer_is_closed() -> None:
    sent, [answer] = ask(part(b"one, ", more=True), part(b"two"))
    assert b"".join(message.get("body", b"") for message in sent) == b"you sent one, two"
    assert answer.is_closed


def test_a_header_that_only_a_proxy_sets_cannot_be_written_otherwise() -> None:
    _sent, [answer] = ask(part(b""), headers={b"x_forwarded_for": b"192.0.2.1", b"x-own": b"1"})
    assert "HTTP_X_FORWARDED_FOR" not in answer.environ
    assert answer.environ["HTTP_X_OWN"] == "1"


def test_what_never_comes_in_whole_reaches_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_requests, "NOTHING_COMES", 0.01)
    sent, answers = ask(part(b"half", more=True), None)
    assert (sent[0]["status"], answers) == (408, [])


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_requests, "LARGEST", 3)
    sent, answers = ask(part(b"four", more=True))
    assert (sent[0]["status"], answers) == (413, [])


def test_who_goes_away_gets_no_answer() -> None:
    assert ask(part(b"half", more=True), {"type": "http.disconnect"}) == ([], [])


def test_who_takes_nothing_of_an_answer_is_left_and_it_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole_requests, "NOTHING_GOES", 0.01)
    sent, [answer] = ask(part(b""), takes=False)
    assert [message["type"] for message in sent] == ["http.response.start"]
    assert answer.is_closed
