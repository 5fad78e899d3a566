"""For how long the certificate is good that visitors get, asked of a real server."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django.fixtures import Settings

from wijkverbond.kernel import clock
from wijkverbond.operations import certificates, services, tasks
from wijkverbond.operations.models import Observation

DAYS = 30


def make_certificate(folder: Path) -> Path:
    """A certificate for localhost that signs itself, with its key, good for thirty days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form, secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = folder / "localhost.pem"
    file.write_bytes(key.private_bytes(pem, form, secret) + certificate.public_bytes(pem))
    return file


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server over TLS, and its certificate."""
    file = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("localhost", 0)) as listening:

        def serve() -> None:
            try:
                while True:
                    connection, _address = listening.accept()
                    with connection:
                        try:
                            context.wrap_socket(connection, server_side=True).close()
                        except OSError:
                            continue
            except OSError:
                return

        serving = threading.Thread(target=serve)
        serving.start()
        yield f"https://localhost:{listening.getsockname()[1]}", file
        listening.shutdown(socket.SHUT_RDWR)
        serving.join()


def test_the_days_of_a_good_certificate_are_counted_and_another_is_refused(
    server: tuple[str, Path],
) -> None:
    address, file = server
    trusting = ssl.create_default_context(cafile=str(file))
    days = certificates.days_left(address, clock.now(), trusting)
    assert days is not None
    assert DAYS - 1 < days <= DAYS
    assert certificates.days_left(address, clock.now()) == certificates.BROKEN


def test_without_a_certificate_to_look_at_nothing_is_said() -> None:
    assert certificates.days_left("http://localhost", clock.now()) is None
    assert certificates.days_left("https://localhost:1", clock.now()) is None


@pytest.mark.django_db
def test_a_mended_certificate_is_seen_soon(
    server: tuple[str, Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SITE_ADDRESS, file = server
    services.observe(clock.now())
    observed = Observation.objects.get()
    assert observed.value == certificates.BROKEN
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    tasks.observe_trouble(0)
    observed.refresh_from_db()
    assert observed.value > DAYS - 1
