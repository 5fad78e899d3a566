"""Digests do not depend on the last bits or on the order of keys."""

from hashlib import sha256

import pytest

from wijkverbond.analysis.digest import digest, rounded


def test_what_is_equal_to_six_decimals_has_the_same_digest() -> None:
    assert digest({"a": [0.1 + 0.2, None], "b": True}) == digest({"b": True, "a": [0.3, None]})
    assert digest(0.3) == digest(0.3000004)
    assert digest(0.3) != digest(0.300001)


def test_there_is_no_negative_zero() -> None:
    assert str(rounded(-1e-9)) == "0.0"
    assert digest([-0.0]) == digest([0.0])


def test_what_is_no_number_has_no_digest() -> None:
    with pytest.raises(ValueError, match="JSON"):
        digest([float("nan")])
    with pytest.raises(TypeError):
        digest({1, 2})


def test_the_form_is_canonical_json() -> None:
    written = rb'{"a":["\u00e9",null],"b":1.0}'

    assert digest({"b": 1.0, "a": ["é", None]}) == sha256(written).hexdigest()
