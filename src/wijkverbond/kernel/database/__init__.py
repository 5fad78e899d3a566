"""How long the processes of a web server wait for a database that says nothing.

A machine that is gone is found out by the system (the options of the connection in `settings`). A server
that hangs while its machine goes on taking what is sent (stopped, out of memory, a disk that does not
answer) is found out by nobody, and cannot end a statement itself. So who waits keeps the time: an answer
takes no longer than beginning may take (`connect_timeout`). After that one thread at a time asks whether
it answers again; the others hear at once that it does not, so that none of them is held.
"""

import threading
import time

ASK_AGAIN = 5.0  # seconds


class Patience:
    """Whether this process waits with patience, and until when nobody asks again."""

    def __init__(self) -> None:
        self.is_limited = False
        self._lock = threading.Lock()
        self._until = 0.0

    def is_known_silent(self) -> bool:
        """Whether the database said nothing a moment ago, or somebody is asking it now."""
        with self._lock:
            now = time.monotonic()
            if now < self._until:
                return True
            if self._until:
                self._until = now + ASK_AGAIN
            return False

    def note(self, *, silent: bool) -> None:
        """Remember what the database did."""
        with self._lock:
            self._until = time.monotonic() + ASK_AGAIN if silent else 0.0


patience = Patience()
