"""Gives a request one of the site's threads once it has come in whole.

Who sends slowly waits outside the threads, and who takes nothing of a large answer is left, so that
nobody keeps others from an answer.
"""

import asyncio
import concurrent.futures
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from asgiref.sync import sync_to_async
from asgiref.typing import (
    ASGIReceiveCallable,
    ASGIReceiveEvent,
    ASGISendCallable,
    ASGISendEvent,
    HTTPScope,
)
from asgiref.wsgi import WsgiToAsgiInstance

THREADS = 8  # in each process of the web server
NOTHING_COMES = 20  # seconds without a part of the request
NOTHING_GOES = 20  # seconds in which no part of the answer is taken; a page fits on its way at once
LARGEST = 100 * 2**20  # bytes

Application = Callable[[HTTPScope, ASGIReceiveCallable, ASGISendCallable], Awaitable[None]]


class _Unfinished(Exception):
    """The request did not come in whole: it stopped (408), it was too large (413), or nobody takes the answer (0)."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def in_threads(wsgi_application: Callable[..., Any]) -> Application:
    """A WSGI application that answers in threads of its own, as an ASGI application."""

    class Whole(WsgiToAsgiInstance):
        """Answers one request."""

        run_wsgi_app = sync_to_async(
            vars(WsgiToAsgiInstance)["run_wsgi_app"].func,
            thread_sensitive=False,
            executor=concurrent.futures.ThreadPoolExecutor(THREADS),
        )

    async def application(
        scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        # A name with an underscore could stand for one that only a proxy sets.
        headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        answering: Any = Whole(_closing(wsgi_application))  # type: ignore[no-untyped-call]

        async def send_in_time(message: ASGISendEvent) -> None:
            try:
                await asyncio.wait_for(send(message), NOTHING_GOES)
            except TimeoutError as slow:
                raise _Unfinished(0) from slow

        try:
            await answering({**scope, "headers": headers}, _in_time(receive), send_in_time)
        except _Unfinished as unfinished:
            if unfinished.status:
                await _refuse(send, unfinished.status)

    return application


def _closing(wsgi_application: Callable[..., Any]) -> Callable[..., Iterator[bytes]]:
    """Close each answer once it was sent, or nobody waits for it any more, as WSGI asks."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        parts = wsgi_application(environ, start_response)
        try:
            yield from parts
        finally:
            if hasattr(parts, "close"):
                parts.close()

    return answer


def _in_time(receive: ASGIReceiveCallable) -> ASGIReceiveCallable:
    received = 0

    async def receive_in_time() -> ASGIReceiveEvent:
        nonlocal received
        try:
            message = await asyncio.wait_for(receive(), NOTHING_COMES)
        except TimeoutError as slow:
            raise _Unfinished(408) from slow
        if message["type"] != "http.request":
            raise _Unfinished(0)
        received += len(message["body"])
        if received > LARGEST:
            raise _Unfinished(413)
        return message

    return receive_in_time


async def _refuse(send: ASGISendCallable, status: int) -> None:
    headers = [(b"connection", b"close"), (b"content-length", b"0")]
    await send(
        {"type": "http.response.start", "status": status, "headers": headers, "trailers": False}
    )
    await send({"type": "http.response.body", "body": b"", "more_body": False})
