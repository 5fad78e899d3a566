"""Child processes that never outlive the launcher, however it ends."""

import contextlib
import ctypes
import multiprocessing
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

Command = Sequence[str | Path]
_PR_SET_PDEATHSIG = 1
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_libc = ctypes.CDLL(None, use_errno=True)


class Failure(Exception):
    """It could not be done (exit status 1); the message is a sentence that says why."""


class Misuse(Exception):
    """The call was wrong (exit status 2); the message says what and where."""


class Stopped(Exception):
    """Somebody asked the launcher to stop, by Ctrl-C or a signal."""

    def __init__(self, signum: int) -> None:
        super().__init__(signal.Signals(signum).name)
        self.signum = signum


def say(message: str) -> None:
    """Write a message for a person: to standard error, because standard output is for results."""
    print(f"wijkverbond: {message}", file=sys.stderr, flush=True)


def raise_on_signals() -> None:
    """Turn the first Ctrl-C, SIGTERM or hang-up into `Stopped`, and let nothing disturb the rest."""

    def stop(signum: int, _frame: FrameType | None) -> None:
        for each in _STOPPING:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(signum)

    for each in _STOPPING:
        signal.signal(each, stop)


def hold_signals() -> None:
    """Let the signals that stop us, and our children, wait until `release_signals`."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)


def release_signals() -> None:
    """Let the signals through again, first of all those that waited."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)


def die_with_parent(parent: int, signum: signal.Signals) -> None:
    """Let the kernel send this process `signum` when its parent ends (on Linux).

    Call it after a change of user, which clears the setting.
    """
    if sys.platform == "linux":
        _libc.prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
        if os.getppid() != parent:  # the parent ended before the call
            os.kill(os.getpid(), signum)


def die_with_server() -> None:
    """In a worker process of the web server: end when the server does, however that ends."""
    server = multiprocessing.parent_process()
    die_with_parent(server.pid if server and server.pid else os.getppid(), signal.SIGKILL)


def start(
    command: Command,
    *,
    env: Mapping[str, str],
    when_orphaned: signal.Signals = signal.SIGKILL,
    foreground: bool = False,
    user: pwd.struct_passwd | None = None,
    keep_open: Sequence[int] = (),
    input_file: IO[bytes] | None = None,
    output: IO[bytes] | IO[str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child that gets `when_orphaned` when the launcher ends in whatever way.

    A child in the background has a process group of its own, so that Ctrl-C reaches the launcher
    alone, which then stops its children in order. `user` is whom it runs as, if not as we do.
    """
    parent = os.getpid()

    def prepare() -> None:
        for each in _STOPPING:
            signal.signal(each, signal.SIG_DFL)
        die_with_parent(parent, when_orphaned)

    return subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        cwd=cwd,
        stdin=None if foreground else input_file or subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        process_group=None if foreground else 0,
        user=None if user is None else user.pw_uid,
        group=None if user is None else user.pw_gid,
        extra_groups=None if user is None else [],
        pass_fds=keep_open,
        preexec_fn=prepare,
    )


def become(command: Command, *, env: Mapping[str, str]) -> NoReturn:
    """Go on as another program, with the same number, which hears all signals itself."""
    for each in _STOPPING:
        signal.signal(each, signal.SIG_DFL)
    os.execve(command[0], [str(part) for part in command], dict(env))  # noqa: S606


def run_quietly(
    command: Command,
    *,
    env: Mapping[str, str],
    user: pwd.struct_passwd | None,
    typed: bytes = b"",
) -> None:
    """Run a short program to its end with `typed` as its input; fail with what it said."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as input_file:
        input_file.write(typed)
        input_file.seek(0)
        process = start(
            command, env=env, user=user, input_file=input_file, output=output, cwd=Path("/")
        )
        try:
            status = process.wait()
        finally:
            stop(process)
        output.seek(0)
        if status != 0:
            words = output.read().decode(errors="replace").strip()
            raise Failure(f"{command[0]} ended with status {status}:\n{words}")


def stop(process: subprocess.Popen[bytes], *signals: signal.Signals, patience: float = 10) -> None:
    """Send the signals one by one, `patience` seconds apart, until the process has ended."""
    for signum in (*signals, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(signum)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)


@contextlib.contextmanager
def running(
    command: Command, *, env: Mapping[str, str], output: IO[str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A child in the background for as long as the block lasts."""
    process = start(command, env=env, output=output)
    try:
        yield process
    finally:
        stop(process, signal.SIGTERM)


def call(
    command: Command,
    *,
    env: Mapping[str, str],
    cwd: Path | None = None,
    output: IO[str] | None = None,
) -> int:
    """Run a child in the foreground, with the terminal; its exit status, 1 for a signal."""
    process = start(command, env=env, cwd=cwd, output=output, foreground=True)
    try:
        status = process.wait()
        return status if status >= 0 else 1
    except Stopped as stopped:
        if stopped.signum == signal.SIGINT:  # the terminal has told the child as well
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
        stop(process, signal.SIGINT, signal.SIGTERM, patience=5)
        raise


def wait_until(
    holds: Callable[[], bool], *, seconds: float, otherwise: Callable[[], str], waiting: str = ""
) -> None:
    """Poll until `holds`; say `waiting` after a second; fail with `otherwise` after `seconds`."""
    started = time.monotonic()
    while not holds():
        passed = time.monotonic() - started
        if passed > seconds:
            raise Failure(otherwise())
        if waiting and passed > 1:
            say(waiting)
            waiting = ""
        time.sleep(0.02)
