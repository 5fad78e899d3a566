"""The verifier's own Ed25519, which only checks: against the standard and against OpenSSL."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import at_least
from wijkverbond.register import verify

# RFC 8032, 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard_hold(public: str, message: str, signature: str) -> None:
    values = (bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(message))
    assert verify.is_signature(*values)
    number = int.from_bytes(values[1][32:], "little") + verify.ORDER
    second = values[1][:32] + number.to_bytes(32, "little")
    assert not verify.is_signature(values[0], second, values[2])
    assert not verify.is_signature(values[0], values[1][:-1], values[2])
    assert not verify.is_signature(values[0], values[1], values[2] + b"x")


@at_least(30)
@given(st.integers(0, 1), st.binary(max_size=200), st.integers(0, 63), st.integers(0, 255))
def test_it_says_what_openssl_says(seed: int, message: bytes, place: int, change: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    signature = bytearray(key.sign(message))
    signature[place] ^= change
    try:
        key.public_key().verify(bytes(signature), message)
    except InvalidSignature:
        right = False
    else:
        right = True
    public = key.public_key().public_bytes_raw()
    assert verify.is_signature(public, bytes(signature), message) == right


@pytest.mark.parametrize(
    "encoded", ["02" + "00" * 31, "ed" + "ff" * 30 + "7f", "01" + "00" * 30 + "80", "ff" * 32]
)
def test_what_is_no_point_of_the_curve_is_no_key(encoded: str) -> None:
    with pytest.raises(ValueError, match="no point"):
        verify.point(bytes.fromhex(encoded))
