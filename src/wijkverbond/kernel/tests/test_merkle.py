"""The tree grown leaf by leaf is the tree of RFC 6962, as that text defines it."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.kernel import merkle

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, in its own words: split at the largest power of two below n."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = tree_hash(leaves[:split]), tree_hash(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(leaves: Sequence[bytes]) -> list[bytes]:
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        frontier = merkle.grow(frontier, size, leaf)
    return frontier


# The leaves are "", "0", "1", …, "8" as bytes; the roots were worked out once by `tree_hash`, and the
# first two are known from elsewhere: of nothing, and of one empty leaf (RFC 6962 test vectors).
@pytest.mark.parametrize(
    ("size", "root"),
    [
        (0, EMPTY),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "0a84104a79c540dd4b4d160f09b0bcbc9e250d7eff11df106724ebeb9b944466"),
        (3, "ce4215e9ee563fb9c7a4cef2eb571183d15e5444d9c8012b13b888b91f802bb6"),
        (4, "2b6729334566cb0cc53aebc6387e37642fd388aefa3e303375f136e92303aa0f"),
        (5, "fd1802ee4efddef79e86a24be35b997a4958e31278d7fbec70be67da9f10659a"),
        (6, "e8d575442cbb4ef0dacf567551bac2bac40dcfe1aeab35cc58f5a10cc895db6a"),
        (7, "25f36c4dc3c4646587053fc1e394419a9816f1fd4d87fb9de6ea03afc4244541"),
        (8, "f648d63db84aef4c87a730f40c50d890473130c77f483eb6b53ddf921a6ac225"),
        (9, "102110317485bad9c4c110e8c17fd8b9d7d72ac2b07c7ac42bdc9668f01c11a4"),
    ],
)
def test_the_roots_of_small_trees_are_these(size: int, root: str) -> None:
    leaves = [b"", *(str(number).encode() for number in range(8))][:size]
    assert merkle.root(grown(leaves)).hex() == root
    assert tree_hash(leaves).hex() == root


def test_the_tree_of_the_test_vectors_of_certificate_transparency_has_its_root() -> None:
    """The eight leaves and root that Google's implementation of RFC 6962 is tested with."""
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    last = "606162636465666768696a6b6c6d6e6f"
    root = merkle.root(grown([bytes.fromhex(leaf) for leaf in [*leaves, last]]))
    assert root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(st.lists(st.binary(max_size=3), max_size=70))
def test_growing_leaf_by_leaf_gives_the_whole_tree(leaves: list[bytes]) -> None:
    frontier = grown(leaves)
    assert merkle.root(frontier) == tree_hash(leaves)
    assert len(frontier) == len(leaves).bit_count()


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=40), st.data())
def test_the_same_leaves_in_another_number_or_order_have_another_root(
    leaves: list[bytes], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(leaves) | st.just(leaves[:-1]))
    assert (merkle.root(grown(leaves)) == merkle.root(grown(other))) == (leaves == other)
