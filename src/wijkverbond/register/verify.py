#!/usr/bin/env python3
"""Checks the public register of a coalition without trusting the site that it came from.

    python3 verify.py register.json [--key KEY]... [--head FILE] [--kept FILE] [--quick]

register.json is the register as the site hands it out. KEY is the site's key as you know it, for
example from paper or from a neighbour; without it the key inside the file is used. FILE holds heads
that you or others got from the site: from a mail, a covenant, a neighbour, an earlier check.

The register is a list of entries, each with a signed head. A head holds the number of entries so far
and one digest over all of them (the root of an RFC 6962 Merkle tree), signed with the site's key (a
C2SP checkpoint). So nobody can change, add, leave out or swap an entry without a head that no longer
matches. This program works out every root itself and compares it, and checks every signature, which
takes about 0.5 ms each: --quick looks at the last head only, which covers all entries. An entry holds its texts only as
salted digests: the texts stand beside the entries, and each is compared with its digest. A text that
was removed stays a digest. Texts and names have a signed seal of their own.

Who holds the site's key can still make up another history, or show you another one than others. That
shows in the heads. This program keeps every good head that it sees in the file `heads.txt` beside the
register (--kept names another), and compares them with the register the next time. Two heads that do
not go together are a split or rewritten history: both are printed.

A site can take another key. When the old key signed that, in an entry that names the new one, the
register goes on, and this program follows it: check with the old key, the new one or both. When the old
key was lost, an entry says so and names the last head of before. Nobody vouches for the new key then:
this program warns, and what follows is as good as your own knowledge of that key.

Exit status 0: everything matches. 1: something is wrong; the first entry or text that is wrong is
named (index 0 is the first entry of the register), or the heads that do not go together. 2: the call
was wrong, for example because the head is one of another register. It needs Python 3.10 or newer, and
nothing else.
"""

from __future__ import annotations

import argparse
import base64
import functools
import io
import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sized
from hashlib import sha256, sha512
from pathlib import Path
from typing import NamedTuple, NoReturn

FORMAT = "wijkverbond-register-1"
LEAF_FORMAT = 1
MEMBERS = ("format", "coalition", "key", "entries", "heads", "texts", "texts_seal")
NAMED_AT_MOST = 20
SIGN = re.compile(r"[ \t\n\r]*([\[\]{}:,])[ \t\n\r]*")
SIGNATURES = re.compile(r"\n(?:— [!-~]+ [!-~]+\n){1,16}")
SIGNATURE = re.compile(r"— ([!-~]+) ([!-~]+)\n")
STREAM = re.compile(r"[0-9a-f-]{36}")
KEY_NAME = re.compile(r"[!-*,-~]+")
DIGEST = "sha256:"
# The entries with which a register goes on with another key.
ROTATED, BROKEN = "register.key_rotated", "register.key_lost"
SALT = re.compile(r"[0-9a-f]{32}")
# Behind a mail's quotation marks; on the way its dash may have become another sign, and empty lines
# more or none.
QUOTED = re.compile(r"^[>\s]+|\s+$")
HEAD = re.compile(
    r"^([!-~]+)\n+(0|[1-9][0-9]{0,15})\n+([!-~]+)\n+((?:\S+ [!-~]+ [!-~]+\n)+)", re.MULTILINE
)


class Wrong(Exception):
    """Something does not match."""


def wrong_entry(index: int, why: str) -> Wrong:
    """What is wrong begins at this entry."""
    return Wrong(f"First wrong entry: index {index} (number {index + 1}). {why}")


def wrong_text(index: object, field: object, why: str) -> Wrong:
    """The entries match, and this text is not one of theirs."""
    number = f" (number {index + 1})" if isinstance(index, int) else ""
    return Wrong(f"First wrong text: index {index!r}{number}, field {field!r}. {why}")


# Reading the file


def decoded(raw: bytes) -> str:
    """The text of a file in any encoding of Unicode, with or without a byte-order mark."""
    encoding = json.detect_encoding(raw)
    return raw.decode(encoding, "surrogateescape" if encoding.startswith("utf-8") else "replace")


def refuse(what: str) -> NoReturn:
    """Numbers with a fraction, NaN and Infinity have no place in a register."""
    raise ValueError(f"{what} is no whole number")


def without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object, in which no key stands twice."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key stands twice in it")
    return members


PLAIN = json.JSONDecoder(parse_float=refuse, parse_constant=refuse)
STRICT = json.JSONDecoder(
    parse_float=refuse, parse_constant=refuse, object_pairs_hook=without_doubles
)
FORM = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def leaf_hash(leaf: str) -> bytes:
    """The hash of an entry, as it goes into the tree."""
    return sha256(b"\x00" + leaf.encode("utf-8", "surrogateescape")).digest()


class Register:
    """A register as it stands in a file; `broken` says where it could not be read any further.

    An entry is hashed in the one form that it has (sorted keys, no spaces, ASCII), however the file is
    laid out. `faults` are entries that belong elsewhere; `laid_out` are the hashes of those that
    stand in the file in another form than that. `key_changes` are the facts of the entries with which
    it goes on with another key.
    """

    def __init__(self, text: str) -> None:
        self.rest: dict[str, object] = {}
        self.leaves: list[bytes] = []
        self.heads: list[str] = []
        self.texts: list[object] = []
        self.stream = ""
        self.faults: dict[int, str] = {}
        self.laid_out: dict[int, bytes] = {}
        self.digests: dict[int, dict[str, str]] = {}
        self.key_changes: dict[int, dict[str, object]] = {}
        self.broken: Wrong | None = None
        self._text = text
        self._position = 0
        self._list: Sized = []
        try:
            self._read()
        except (ValueError, TypeError, RecursionError) as error:
            self.broken = self._broken(error)

    def _broken(self, error: Exception) -> Wrong:
        if self._list is self.texts:
            return Wrong(f"The texts cannot be read from text {len(self.texts) + 1} on: {error}.")
        index = len(self._list)
        if self.faults and self._list is self.leaves:
            # What was read last may be a piece of what cannot be read.
            index = min(self.faults)
        return wrong_entry(index, f"The file cannot be read from here on: {error}.")

    def _read(self) -> None:
        self._expect("{")
        while True:
            name = self._value(PLAIN)
            if not isinstance(name, str) or name in self.rest:
                raise ValueError(f"{name!r} cannot stand here")
            if name not in MEMBERS:
                raise ValueError(f"{name!r} is unknown to this program; a newer one may know it")
            self._expect(":")
            self.rest[name] = self._member(name)
            if self._expect(",}") == "}":
                break
        if self._position != len(self._text):
            raise ValueError("there is more behind its end")
        if self.rest.get("format") != FORMAT or not {"entries", "heads"} <= self.rest.keys():
            self._list = []
            raise ValueError(f'it is no register of the format "{FORMAT}"')

    def _member(self, name: str) -> object:
        if name == "entries":
            self._list = self.leaves
            for start, value in self._items(PLAIN):
                self._add(start, value)
        elif name == "heads":
            self._list = self.heads
            self.heads.extend(str(value) for _, value in self._items(PLAIN))
        elif name == "texts":
            before, self._list = self._list, self.texts
            self.texts.extend(value for _, value in self._items(STRICT))
            self._list = before
        else:
            return self._value(STRICT)
        return None

    def _add(self, start: int, leaf: object) -> None:
        index = len(self.leaves)
        form, raw = FORM.encode(leaf), self._text[start : self._position]
        fault = self._fault(leaf, index)
        if form != raw:
            self.laid_out[index] = leaf_hash(raw)
            fault = fault or double(raw)
        if fault:
            self.faults[index] = fault
        elif isinstance(leaf, dict) and isinstance(leaf.get("facts"), dict):
            if DIGEST in form:
                self.digests[index] = {
                    field: fact
                    for field, fact in leaf["facts"].items()
                    if isinstance(fact, str) and fact.startswith(DIGEST)
                }
            if leaf.get("event") in (ROTATED, BROKEN):
                self.key_changes[index] = {**leaf["facts"], "event": leaf["event"]}
        self.leaves.append(leaf_hash(form))

    def _fault(self, leaf: object, index: int) -> str:
        if not isinstance(leaf, dict):
            return "it is no entry"
        if not self.stream and STREAM.fullmatch(str(leaf.get("stream"))):
            self.stream = leaf["stream"]
        for name, right in (("format", LEAF_FORMAT), ("index", index), ("stream", self.stream)):
            value = leaf.get(name)
            # In Python, true equals 1.
            if value != right or type(value) is not type(right) or not self.stream:
                return f"it belongs in another place or another register: its {name} is {value!r}"
        return ""

    def _items(self, decoder: json.JSONDecoder) -> Iterator[tuple[int, object]]:
        self._expect("[")
        if self._text.startswith("]", self._position):
            self._expect("]")
            return
        while True:
            start = self._position
            yield start, self._value(decoder)
            if self._text.startswith((",\n{", ',\n"'), self._position):
                # As the site writes it, which is most of the time of a large register.
                self._position += 2
            elif self._expect(",]") == "]":
                return

    def _value(self, decoder: json.JSONDecoder) -> object:
        value, self._position = decoder.raw_decode(self._text, self._position)
        return value

    def _expect(self, characters: str) -> str:
        """One of these characters, with the space around it."""
        sign = SIGN.match(self._text, self._position)
        if not sign or sign[1] not in characters:
            raise ValueError(f"{' or '.join(characters)} was expected")
        self._position = sign.end()
        return sign[1]


def double(raw: str) -> str:
    """What is wrong with an entry in which a key stands twice; nothing when none does."""
    try:
        STRICT.decode(raw)
    except ValueError as error:
        return str(error)
    return ""


# Ed25519 (RFC 8032, 5.1.7), which Python does not have: for checking only, so nothing here is secret

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = bytes.fromhex("58" + "66" * 31)
Point = tuple[int, int, int, int]
Table = list[list[Point]]


def add(one: Point, other: Point) -> Point:
    """The sum of two points of the curve."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point(encoded: bytes) -> Point:
    """The point of the curve that these 32 bytes stand for; ValueError when there is none."""
    number = int.from_bytes(encoded, "little")
    y, odd = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (odd and not x):
        raise ValueError("this is no point of the curve")
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


@functools.cache
def table(encoded: bytes) -> Table:
    """The multiples of a point by each digit of a hexadecimal number, in each of its 64 places."""
    rows: Table = []
    step = point(encoded)
    for _place in range(64):
        row: list[Point] = [(0, 1, 1, 0)]
        for _digit in range(16):
            row.append(add(row[-1], step))
        rows.append(row)
        step = row[16]
    return rows


def times(rows: Table, number: int, start: Point) -> Point:
    """A point of which these are the multiples, so many times, and `start` added."""
    for place, row in enumerate(rows):
        digit = number >> (4 * place) & 15
        if digit:
            start = add(start, row[digit])
    return start


def is_signature(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of the key signed exactly this message."""
    place, number = signature[:32], int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or number >= ORDER:
        return False
    digest = int.from_bytes(sha512(place + public + message).digest(), "little") % ORDER
    part = times(table(public), ORDER - digest, (0, 1, 1, 0))
    x, y, z, _ = times(table(BASE), number, part)
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == place


# Keys and heads


def exact_base64(text: str) -> bytes:
    """The bytes; ValueError when this is not exactly how they are written."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError(f"{text!r} is no base64")
    return raw


class Key(NamedTuple):
    """A verifier key of C2SP signed notes: its name, its short id and the Ed25519 key itself."""

    text: str
    name: str
    short: bytes
    public: bytes

    @property
    def id(self) -> str:
        """What a head says of the key that signed it: its name and its short id."""
        return f"{self.name}+{self.short.hex()}"

    @classmethod
    def read(cls, text: str) -> Key:
        """Read "name+id+key"; ValueError when it is not one."""
        name, short, encoded = text.split("+", 2)
        raw = exact_base64(encoded)
        digest = sha256(name.encode() + b"\n" + raw).digest()[:4]
        if not KEY_NAME.fullmatch(name) or raw[:1] != b"\x01" or digest.hex() != short:
            raise ValueError("this is no Ed25519 verifier key")
        if len(raw) != 33:
            raise ValueError("this is no Ed25519 verifier key")
        point(raw[1:])
        return cls(text, name, digest, raw[1:])

    def has_signed(self, note: str) -> bool:
        """Whether the note has a signature of this key, and no wrong one."""
        text, _, lines = note.rpartition("\n\n")
        mine = [encoded for name, encoded in SIGNATURE.findall(lines) if name == self.name]
        try:
            signatures = [raw[4:] for raw in map(exact_base64, mine) if raw[:4] == self.short]
            message = f"{text}\n".encode()
        except ValueError:
            return False
        good = [is_signature(self.public, signature, message) for signature in signatures]
        return bool(good) and all(good)


class Era(NamedTuple):
    """From the head of this index on one key signs; `key` is None where only its id is known."""

    start: int
    id: str
    key: Key | None


class Keys(NamedTuple):
    """The keys of a register: the first one, and the one that it took at each change."""

    stream: str
    eras: list[Era]
    changes: dict[int, dict[str, object]]

    @property
    def last(self) -> Key:
        """The key that signs now."""
        key = self.eras[-1].key
        assert key
        return key

    @property
    def known(self) -> list[Key]:
        """The keys with which can be checked, oldest first."""
        return [era.key for era in self.eras if era.key]

    def first_lines(self) -> dict[int, str]:
        """How heads begin, from this index on."""
        return {era.start: f"{era.id.rpartition('+')[0]}/{self.stream}" for era in self.eras}

    def sizes(self) -> set[int]:
        """The heads around each change: these are always checked."""
        return {size for index in self.changes for size in (index, index + 1) if size}

    def have_signed(self, index: int, head: str) -> bool:
        """Whether a head has the signatures that it needs, of those that can be checked."""
        era = next(era for era in reversed(self.eras) if era.start <= index)
        signers = [era.key]
        if self.changes.get(index, {}).get("event") == ROTATED:  # the new key takes it over
            signers.append(self.eras[[*self.changes].index(index) + 1].key)
        return all(key is None or key.has_signed(head) for key in signers)

    def has_one_signed(self, head: Head) -> bool:
        """Whether one of the keys signed a head, of this register."""
        return any(
            head.origin == f"{key.name}/{self.stream}" and key.has_signed(head.text)
            for key in self.known
        )

    def break_fault(self, index: int, frontier: list[bytes]) -> str:
        """What is wrong with an entry that says that the old key was lost; else nothing."""
        facts = self.changes.get(index, {})
        if facts.get("event") != BROKEN:
            return ""
        last = (index, base64.b64decode(root(frontier)).hex()) if frontier else None
        if (facts.get("last_size"), facts.get("last_root")) != last:
            return "it does not name the last head of the key that was lost"
        return ""


class Head(NamedTuple):
    """A head on its own: of which register, of how many entries, their root, and all of its text."""

    origin: str
    size: int
    root: str
    text: str


def head_of(text: str) -> Head:
    """A head of a register, once it was found to be one."""
    origin, size, root_text, _ = text.split("\n", 3)
    return Head(origin, int(size), root_text, text)


def heads_in(text: str) -> list[Head]:
    """The heads that stand somewhere in a text: a mail, a file that was kept, what this printed."""
    lines = "".join(QUOTED.sub("", line) + "\n" for line in text.splitlines())
    heads: list[Head] = []
    for *start, signatures in HEAD.findall(lines):
        signed = "".join(f"— {line.partition(' ')[2]}\n" for line in signatures.splitlines())
        heads.append(head_of("\n".join([*start, "", signed])))
    return heads


# The tree


def grow(frontier: list[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The hashes of the complete subtrees, largest first, after one more leaf (RFC 6962, 2.1)."""
    grown = frontier.copy()
    top = leaf
    while size & 1:
        top = sha256(b"\x01" + grown.pop() + top).digest()
        size >>= 1
    grown.append(top)
    return grown


def root(frontier: list[bytes]) -> str:
    """The root of the tree, as heads write it."""
    *rest, top = frontier
    for left in reversed(rest):
        top = sha256(b"\x01" + left + top).digest()
    return base64.b64encode(top).decode()


# The check of entries and heads


def check(register: Register, keys: Keys, kept: list[Head], *, every: bool) -> None:
    """Compare entries, heads and the heads that were kept, and raise `Wrong` at what is wrong first.

    Not `every` head: only the last one, those around a change of key, and those of which one was kept.
    """
    check_kept(kept, keys)
    some = {head.size for head in kept} | keys.sizes()
    matching, wrong = compare(register, keys, some, every=every)
    if wrong and not every:
        # To name the first, every root is needed.
        matching, wrong = compare(register, keys, some, every=True)
    heads = register.heads[:matching]
    check_signatures(heads, keys, set(range(1, matching + 1)) if every else {matching, *some})
    for head in kept:
        if 0 < head.size <= matching:
            other = head_of(heads[head.size - 1])
            if other.root != head.root:
                raise split("The head that you kept", head, "The head in this file", other)
    if wrong:
        raise wrong
    longest = max(kept, key=lambda head: head.size, default=None)
    if longest and longest.size > matching:
        raise cut_off(longest, register.heads)


def check_signatures(heads: list[str], keys: Keys, sizes: set[int]) -> None:
    """Raise `Wrong` at the first head that is not signed as it must be, when one of these is not."""
    if all(keys.have_signed(size - 1, heads[size - 1]) for size in sizes if 0 < size <= len(heads)):
        return
    first = next(index for index, head in enumerate(heads) if not keys.have_signed(index, head))
    why = "Its head is not signed with the site's key."
    if first in keys.changes:
        why = "It names another key, and its head is not signed with the keys that it needs."
    raise wrong_entry(first, why)


def check_kept(kept: list[Head], keys: Keys) -> None:
    """Raise `Wrong` when the heads that were kept contradict each other, or are no heads at all."""
    by_size: dict[int, Head] = {}
    for head in kept:
        if not keys.has_one_signed(head):
            raise Wrong(
                "A head that you kept is not signed with this key. It is made up, or one of the two"
                " keys is not the site's. Unless the file is of before the site took another key, or"
                f" the head is signed with a lost key that --key must give too:\n\n{head.text}"
            )
        other = by_size.setdefault(head.size, head)
        if other.root != head.root:
            raise split("A head that you kept", other, "Another one", head)


def split(name: str, head: Head, other_name: str, other: Head) -> Wrong:
    """Two heads say different things of the same entries."""
    return Wrong(
        f"Split or rewritten history: two heads of one register, of {head.size} entries each, do not"
        " go together.\nBoth are signed with the site's key. That proves it to everyone: keep both.\n\n"
        f"{name}:\n\n{head.text}\n{other_name}:\n\n{other.text}"
    )


def cut_off(head: Head, heads: list[str]) -> Wrong:
    """A head that was kept covers more than there is."""
    last = f"The last head in this file:\n\n{heads[-1]}" if heads else "This file has no head.\n"
    return Wrong(
        f"Split or rewritten history: you kept a head of {head.size} entries, and this file ends after"
        f" {len(heads)}.\nThe end was cut off, unless the file is older than the head.\n\n"
        f"The head that you kept:\n\n{head.text}\n{last}"
    )


def compare(
    register: Register, keys: Keys, some: set[int], *, every: bool
) -> tuple[int, Wrong | None]:
    """How many entries match their heads, signatures aside, and what is wrong after those."""
    leaves, heads = register.leaves, register.heads
    pairs = min(len(leaves), len(heads))
    roots = range(1, pairs + 1) if every else {pairs, *some}
    frontier: list[bytes] = []
    first_lines, origin = keys.first_lines(), ""
    for index, (leaf, head) in enumerate(zip(leaves, heads, strict=False)):
        size = index + 1
        grown = grow(frontier, index, leaf)
        origin = first_lines.get(index, origin)
        why = register.faults.get(index) or difference(head, origin, size)
        if index in keys.changes:
            why = why or keys.break_fault(index, frontier)
        if not why and size in roots and not fits(head, grown):
            why = "it is not what its head was signed for"
            other = register.laid_out.get(index)
            if other and fits(head, grow(frontier, index, other)):
                why = "its head was signed for another form than the one that an entry has"
        if why:
            return index, wrong_entry(index, f"{why[0].upper()}{why[1:]}.")
        frontier = grown
    if register.broken or len(leaves) != len(heads):
        missing = "entry" if len(leaves) < len(heads) else "signed head"
        return pairs, register.broken or wrong_entry(pairs, f"There is no {missing} here.")
    return pairs, None


def difference(head: str, origin: str, size: int) -> str:
    """Why a head is not the one that belongs here; nothing when it is."""
    if head.startswith(f"{origin}\n{size}\n"):
        return ""
    if head.startswith(f"{origin}\n"):
        return "its head is the head of another entry"
    first_line = head.partition("\n")[0]
    return f"its head is the head of another register, {first_line!r} instead of {origin!r}"


def fits(head: str, frontier: list[bytes]) -> bool:
    """Whether a head, after origin and size, goes on with this tree's root and with signatures."""
    start = head.index("\n", head.index("\n") + 1) + 1
    text = f"{root(frontier)}\n"
    return head.startswith(text, start) and bool(SIGNATURES.fullmatch(head, start + len(text)))


# The check of texts


class Texts(NamedTuple):
    """How many texts match, which are gone (index and field), and how many the register never shows."""

    matching: int
    gone: list[tuple[int, str]]
    not_shown: int


def check_texts(register: Register, key: Key, origin: str) -> Texts | None:
    """Compare every text with its entry. None when the file is of before there were texts in it."""
    if not {"texts", "texts_seal"} & register.rest.keys():
        return None
    recorded = (
        (index, field, digests[field])
        for index, digests in sorted(register.digests.items())
        for field in sorted(digests)
    )
    seal = sha256(form_line({name: register.rest.get(name) for name in MEMBERS[:3]}))
    texts = Texts(0, [], 0)
    for line, belongs in itertools.zip_longest(register.texts, recorded):
        lost = check_text(line, belongs)
        texts = Texts(
            texts.matching + (not lost), texts.gone, texts.not_shown + (lost == "not_shown")
        )
        if lost == "gone":
            texts.gone.append(belongs[:2])
        seal.update(form_line(line))
    text = f"{origin}/texts\n{len(register.leaves)}\n{base64.b64encode(seal.digest()).decode()}\n"
    note = str(register.rest.get("texts_seal"))
    if not (
        note.startswith(text) and SIGNATURES.fullmatch(note, len(text)) and key.has_signed(note)
    ):
        raise Wrong(
            "The seal over the texts and the names does not match: something among the texts, the"
            " name of the coalition or the key was changed, left out or put in."
        )
    return texts


def check_text(line: object, belongs: tuple[int, str, str] | None) -> str:
    """Why a text is not there: nothing when it is, and is the one that its entry recorded."""
    members = line if isinstance(line, dict) else {}
    index, field = members.get("index"), members.get("field")
    if belongs is None:
        raise wrong_text(index, field, "No entry has this text, or it stands here twice.")
    if (index, field) != belongs[:2] or type(index) is not int:
        raise wrong_text(*belongs[:2], "Nothing is said of this text here.")
    if members.keys() == {"index", "field", "lost"} and members["lost"] in ("gone", "not_shown"):
        return str(members["lost"])
    if members.get("lost") == "replaced":
        raise wrong_text(index, field, "On the site, another text stands in its place.")
    salt, text = members.get("salt"), members.get("text")
    if not (
        members.keys() == {"index", "field", "salt", "text"}
        and isinstance(text, str)
        and isinstance(salt, str)
        and SALT.fullmatch(salt)
    ):
        raise wrong_text(index, field, "It is not written as texts are.")
    salted = bytes.fromhex(salt) + text.encode("utf-8", "surrogatepass")
    if DIGEST + sha256(salted).hexdigest() != belongs[2]:
        raise wrong_text(index, field, "The text does not belong to its entry.")
    return ""


def form_line(value: object) -> bytes:
    """A value in the form in which it is sealed."""
    return FORM.encode(value).encode() + b"\n"


# The program


def clean(text: str) -> str:
    """A text without signs that do something to a terminal, or that it cannot show."""
    return "".join(
        sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1] for sign in text
    )


def say(text: str, end: str = "\n") -> None:
    """Print, whatever stands in the text."""
    print(clean(text), end=end)


def key_of(register: Register, own_keys: list[Key]) -> Key:
    """The key of a register that never took another: the one that is known, else that in the file."""
    inside = register.rest.get("key")
    try:
        key = own_keys[0] if own_keys else Key.read(str(inside))
    except ValueError:
        raise register.broken or wrong_entry(
            0, "There is no good key in the file; give it with --key."
        ) from None
    return key


def key_in(register: Register, index: int, name: str) -> Key:
    """The key that an entry names."""
    try:
        return Key.read(str(register.key_changes[index].get(name)))
    except ValueError:
        raise wrong_entry(
            index, "It says that the site took another key, and names none."
        ) from None


def old_era(register: Register, index: int, own_keys: list[Key]) -> Era:
    """The first era, as the first change of key tells of it."""
    facts = register.key_changes[index]
    if facts["event"] == ROTATED or "old_key" in facts:
        key = key_in(register, index, "old_key")
        return Era(0, key.id, key)
    lost = str(facts.get("old_key_id"))
    return Era(0, lost, next((key for key in own_keys if key.id == lost), None))


def keys_of(register: Register, own_keys: list[Key]) -> Keys:
    """The keys of a register, each of which the file names; `Wrong` when these are not one chain."""
    changes = register.key_changes
    eras = [old_era(register, index, own_keys) for index in [*changes][:1]]
    for index, facts in changes.items():
        before, is_rotation = eras[-1], facts["event"] == ROTATED
        old_key = before.key.text if before.key else None
        if facts.get("old_key", None if is_rotation else old_key) != old_key or (
            not is_rotation and facts.get("old_key_id") != before.id
        ):
            raise wrong_entry(index, "It takes the place of another key than the one before it.")
        key = key_in(register, index, "new_key")
        eras.append(Era(index + is_rotation, key.id, key))
    if not eras:
        key = key_of(register, own_keys)
        eras = [Era(0, key.id, key)]
    keys = Keys(stream_of(register), eras, changes)
    inside = register.rest.get("key")
    if (inside is not None and inside != keys.last.text) or not {*own_keys} <= {*keys.known}:
        raise wrong_entry(0, "The key in the file is not the key that you gave.")
    return keys


def stream_of(register: Register) -> str:
    """Whose register it is; of an empty one only its seal tells."""
    seal = str(register.rest.get("texts_seal")).partition("\n")[0].removesuffix("/texts")
    return register.stream if register.leaves else seal.rpartition("/")[2]


def say_key_changes(register: Register, keys: Keys) -> None:
    """Where the site took another key; first where the one before does not vouch for that."""
    changes = [*zip(keys.changes.items(), keys.eras, keys.eras[1:], strict=False)]
    for (index, facts), before, after in sorted(
        changes, key=lambda each: each[0][1]["event"] == ROTATED
    ):
        where = f"index {index} (number {index + 1})"
        if facts["event"] == BROKEN:
            say(f"WARNING. At {where} the site says that its key was lost, and took another one.")
            say(f"The old key vouches for the first {index} entries, and for nothing after them.")
            say(
                "Ask the site, and others, whether the new key is theirs. What the site says of it:"
            )
            say(f"    {reason(register, index)}")
        else:
            say(f"At {where} the site took another key. The old one signed that. Write it down:")
        if before.key is None:
            say("Without the old key, its signatures could not be checked: give it with --key.")
        say(f"    old: {before.key.text if before.key else before.id}")
        say(f"    new: {after.key.text if after.key else after.id}\n")


def reason(register: Register, index: int) -> str:
    """Why a key was lost, when the file has that text."""
    texts = [line for line in register.texts if isinstance(line, dict)]
    found = (line for line in texts if (line.get("index"), line.get("field")) == (index, "reason"))
    return str(next(found, {}).get("text", "(no reason in this file)"))


def say_what_matches(
    register: Register, keys: Keys, own_keys: list[Key], texts: Texts | None, *, every: bool
) -> None:
    """What was found, but for the last head."""
    say_key_changes(register, keys)
    say(f"Everything matches: {len(register.leaves)} entries.")
    if every:
        say("Every head was checked: its root and its signature.")
    else:
        say("The last head was checked; it covers all entries. Without --quick all are checked.")
    say_texts(texts)
    if own_keys and not keys.changes:
        say("The heads are signed with the key that you gave.")
    elif own_keys:
        say("The heads are signed with the key that you gave, and with those named above.")
    else:
        say("Only the inner consistency was checked, with the key inside the file:")
        say(f"    {keys.last.text}")
        say("Compare it with the key that you know from elsewhere, or give that with --key.")


def say_texts(texts: Texts | None) -> None:
    """What was found of the texts."""
    if texts is None:
        say("The file is without texts, as those of before there were any: no text was checked.")
        return
    say(f"Texts that belong to their entries: {texts.matching}.")
    if texts.not_shown:
        say(
            f"Texts that the register does not show, so they could not be checked: {texts.not_shown}."
        )
    for index, field in texts.gone[:NAMED_AT_MOST]:
        say(f"Gone: the text {field!r} of index {index} (number {index + 1}) was removed.")
    if len(texts.gone) > NAMED_AT_MOST:
        say(f"Gone: {len(texts.gone) - NAMED_AT_MOST} texts more.")


def kept_heads(file: Path) -> list[Head]:
    """The heads that were kept until now."""
    return heads_in(decoded(file.read_bytes())) if file.exists() else []


def keep(file: Path, heads: Iterable[Head]) -> None:
    """Add what is new of these heads to those that were kept, in the form in which they are printed."""
    kept = kept_heads(file)
    added = [head for head in dict.fromkeys(heads) if head not in kept]
    try:
        if added:
            with file.open("a", encoding="utf-8", newline="\n") as out:
                out.writelines(f"\n{head.text}" for head in added)
    except OSError as error:
        say(f"The heads could not be kept: {error}")


def options_of(arguments: list[str]) -> tuple[argparse.ArgumentParser, argparse.Namespace]:
    """What was asked."""
    parser = argparse.ArgumentParser(description="Checks the public register of a coalition.")
    parser.add_argument("register", type=Path, help="the register, as the site hands it out")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        help="a key of the site, as you know it from elsewhere",
    )
    parser.add_argument(
        "--head", type=Path, action="append", default=[], help="a file with heads that you got"
    )
    parser.add_argument(
        "--kept", type=Path, help="the file in which heads are kept; heads.txt beside the register"
    )
    parser.add_argument(
        "--quick", action="store_true", help="check the last head only, which covers all entries"
    )
    return parser, parser.parse_args(arguments)


def verify(
    register: Register, own_keys: list[Key], given: list[Head], kept_file: Path, *, every: bool
) -> int:
    """Check, keep the heads and say what was found; the exit status. Raises `Wrong`."""
    keys = keys_of(register, own_keys)
    origins = {*keys.first_lines().values()}
    kept = kept_heads(kept_file)
    keep(
        kept_file, [head for head in given if any(key.has_signed(head.text) for key in keys.known)]
    )
    mine = [head for head in [*kept, *given] if head.origin in origins]
    check(register, keys, mine, every=every)
    texts = check_texts(register, keys.last, f"{keys.last.name}/{keys.stream}")
    keep(kept_file, map(head_of, register.heads[-1:]))
    say_what_matches(register, keys, own_keys, texts, every=every)
    others = [head for head in given if head.origin not in origins]
    for head in others:
        say(
            f"This head is one of another register than {' or '.join(sorted(origins))}, so it was not"
            " compared:\n"
        )
        say(head.text)
    if register.heads:
        say(f"The last head; it is kept in {kept_file.name}:\n\n{register.heads[-1]}", end="")
    return 2 if others and len(others) == len(given) else 0


def main(arguments: list[str]) -> int:
    """Check a file and say what was found; the exit status."""
    parser, options = options_of(arguments)
    given: list[Head] = []
    try:
        own_keys = [Key.read(text) for text in options.key]
        for file in options.head:
            heads = heads_in(decoded(file.read_bytes()))
            if not heads:
                raise ValueError(f"there is no head in {file}")
            given += heads
        register = Register(decoded(options.register.read_bytes()))
        kept_file = options.kept or options.register.with_name("heads.txt")
        return verify(register, own_keys, given, kept_file, every=not options.quick)
    except Wrong as wrong:
        say(str(wrong))
        return 1
    except (OSError, ValueError) as error:
        parser.error(clean(str(error)))


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Signs that the terminal does not know must not end the program.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
