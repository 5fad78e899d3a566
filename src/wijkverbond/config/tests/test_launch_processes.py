"""The launcher with real processes, in a copy of the checkout so that nothing of the real one is touched."""

import contextlib
import fcntl
import hashlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wijkverbond.config.launch.homes import CHECKOUT

CONTROL_C = b"\x03"
PATIENCE = 120  # seconds until a start that hangs counts as failed


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds, with a deadline."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def identity(pid: int) -> tuple[int, str] | None:
    """A process that is alive, told from a later one with the same id by its moment of start."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return None if fields[0] == "Z" else (pid, fields[19])
    return None


def family(pid: int) -> set[tuple[int, str]]:
    """A process and all its descendants."""
    process = identity(pid)
    members = {process} if process else set()
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            members |= family(int(child))
    return members


def is_gone(members: set[tuple[int, str]]) -> bool:
    """Whether none of these processes is alive."""
    return all(identity(pid) != (pid, started) for pid, started in members)


def own_terminal() -> None:
    """Make standard input the terminal whose Ctrl-C reaches this process."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Launched:
    """A launcher that a test started, with what it says."""

    def __init__(
        self, checkout: Path, *arguments: str, terminal: int | None = None, **env: str
    ) -> None:
        self.out = checkout / f"out-{time.monotonic_ns()}"
        self.err = self.out.with_suffix(".err")
        command = [sys.executable, "-m", "wijkverbond.config.launch", *arguments]
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                command,
                env={
                    **clean_environment(),
                    "PYTHONPATH": str(checkout / "src"),
                    "PORT": "8640",
                    **env,
                },
                cwd=checkout,
                stdin=subprocess.DEVNULL if terminal is None else terminal,
                stdout=out,
                stderr=err,
                start_new_session=True,
                preexec_fn=None if terminal is None else own_terminal,
            )

    def address(self) -> tuple[str, int]:
        """Where the site answers, once it does."""
        eventually(lambda: self.process.poll() is not None or self.out.read_text() != "")
        assert self.process.poll() is None, self.err.read_text()
        (line,) = self.out.read_text().splitlines()
        host, _, port = line.partition("http://")[2].partition("/")[0].partition(":")
        return host, int(port)

    def family(self) -> set[tuple[int, str]]:
        """The launcher and everything that it started."""
        return family(self.process.pid)

    def end(self, signum: signal.Signals) -> int:
        """Send a signal and wait until nothing is left; the exit status."""
        if self.process.poll() is not None:
            return self.process.returncode
        members = self.family()
        self.process.send_signal(signum)
        status = self.process.wait(PATIENCE)
        eventually(lambda: is_gone(members))
        return status


def clean_environment() -> dict[str, str]:
    """The environment of this test run without its database."""
    left_out = ("WIJKVERBOND_", "DATABASE_URL", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(left_out)}


def answers(host: str, port: int) -> bool:
    """Whether a site answers there with a page of its own."""
    with contextlib.closing(http.client.HTTPConnection(host, port, timeout=30)) as connection:
        connection.request("GET", "/")
        return connection.getresponse().status < 500


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project without the example, whose telling takes longest; at a long path."""
    place = (
        tmp_path_factory.mktemp("a-folder-with-a-name-so-long-that-no-socket-fits-in-it") / "copy"
    )
    left_out = shutil.ignore_patterns("seed_demo.py", "tests")
    shutil.copytree(CHECKOUT / "src", place / "src", ignore=left_out)
    shutil.copy(CHECKOUT / "pyproject.toml", place)
    yield place
    digest = hashlib.sha256(os.fsencode(place)).hexdigest()[:12]
    shutil.rmtree(Path("/var/lib/wijkverbond") / digest, ignore_errors=True)


@pytest.fixture
def launch(checkout: Path) -> Iterator[Callable[..., Launched]]:
    """Starts launchers, and ends those that a failed test left."""
    started: list[Launched] = []

    def begin(*arguments: str, terminal: int | None = None, **env: str) -> Launched:
        started.append(Launched(checkout, *arguments, terminal=terminal, **env))
        return started[-1]

    yield begin
    for launched in started:
        launched.end(signal.SIGTERM)


@pytest.mark.skipif(not Path("/dev/pts/ptmx").exists(), reason="there are no terminals here")
def test_a_demonstration_starts_again_after_a_kill_and_ends_at_control_c(
    launch: Callable[..., Launched],
) -> None:
    first = launch("demo")
    place = first.address()
    assert answers(*place)
    first.end(signal.SIGKILL)

    keyboard, terminal = os.openpty()
    again = launch("demo", terminal=terminal)
    assert again.address() == place
    members = again.family()
    os.write(keyboard, CONTROL_C)
    assert again.process.wait(PATIENCE) == 0
    assert is_gone(members)


def test_demonstrations_run_side_by_side(launch: Callable[..., Launched], is_long: bool) -> None:
    if not is_long:
        pytest.skip("only with --long: both make a database")
    first, second = launch("demo"), launch("demo")
    assert answers(*first.address())
    assert answers(*second.address())
    assert first.address() != second.address()
    messages = first.err.read_text() + second.err.read_text()
    assert "another one is running" in messages
    assert "port 8640 is taken; using" in messages
    first.end(signal.SIGKILL)
    assert answers(*second.address())
    assert second.end(signal.SIGTERM) == 0


def test_a_command_says_which_database_it_uses(launch: Callable[..., Launched]) -> None:
    command = launch("manage", "diffsettings", "--all")
    assert command.process.wait(PATIENCE) == 0
    assert "'NAME': 'wijkverbond'" in command.out.read_text()
    assert "using the private database in" in command.err.read_text()


def test_a_start_that_fails_says_why_and_leaves_nothing(launch: Callable[..., Launched]) -> None:
    launched = launch("demo", WIJKVERBOND_EMAIL_URL="no-such-way://")
    members: set[tuple[int, str]] = set()
    while launched.process.poll() is None:
        members |= launched.family()
    assert launched.process.returncode == 1
    assert "Nothing was begun" in launched.err.read_text()
    assert is_gone(members)


def test_a_stop_during_the_start_leaves_nothing(launch: Callable[..., Launched]) -> None:
    launched = launch("demo")
    eventually(lambda: len(launched.family()) > 1)
    assert launched.end(signal.SIGINT) == 0


def test_a_killed_command_takes_its_momentary_database_along(
    launch: Callable[..., Launched],
) -> None:
    launched = launch(
        "manage", "shell", "-c", "print('here', flush=True); import time; time.sleep(99)"
    )
    eventually(lambda: "here" in launched.out.read_text())
    launched.end(signal.SIGKILL)


def test_an_invalid_port_is_refused(launch: Callable[..., Launched]) -> None:
    launched = launch("demo", PORT="eighty")
    assert launched.process.wait(PATIENCE) == 2
    assert "PORT=eighty is not a port" in launched.err.read_text()
    assert launched.out.read_text() == ""
