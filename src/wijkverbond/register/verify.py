#!/usr/bin/env python3
"""Checks the public register of a coalition without trusting the site that it came from.

    python3 verify.py register.json [--key KEY] [--head FILE] [--all]

register.json is the register as the site hands it out. KEY is the site's key as you know it, for
example from paper or from a neighbour; without it the key inside the file is used. FILE holds heads
that you kept from earlier checks: only with one can you see that the end was cut off since then.

The register is a list of entries, each with a signed head. A head holds the number of entries so far
and one digest over all of them (the root of an RFC 6962 Merkle tree), signed with the site's key (a
C2SP checkpoint). So nobody can change, add, leave out or swap an entry without a head that no longer
matches. This program works out every root itself and compares it.

Exit status 0: everything matches; the last head is printed, keep it for a later check. 1: something
is wrong; the first entry that is wrong is named (index 0 is the first entry of the register). 2: the
call was wrong. It needs Python 3.10 or newer and the package `cryptography`.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
from collections.abc import Iterator, Sized
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "wijkverbond-register-1"
LEAF_FORMAT = 1
# The last head covers all entries. Up to this number every other head is checked too: its root and its
# signature, which takes about 0.1 ms each. Beyond it only when something is wrong, or --all asks.
EVERY_HEAD_UP_TO = 10_000
SIGN = re.compile(r"[ \t\n\r]*([\[\]{}:,])[ \t\n\r]*")
LINE = re.compile(r"(\{.*\})(,?)\n")
SIGNATURES = re.compile(r"\n(?:— \S+ \S+\n){1,16}")
SIGNATURE = re.compile(r"— (\S+) (\S+)\n")
KEPT_HEAD = re.compile(r"^\S+\n(?:0|[1-9]\d*)\n\S+\n\n(?:— \S+ \S+\n)+", re.MULTILINE)


class Wrong(Exception):
    """Something does not match, first at this entry."""

    def __init__(self, index: int, why: str) -> None:
        super().__init__(f"First wrong entry: index {index} (number {index + 1}). {why}")
        self.index = index


# Reading the file


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


class EntrySpan(NamedTuple):
    """Where an entry stands in the text, and whether it says that it belongs there."""

    start: int
    end: int
    in_place: bool


class Register:
    """A register as it stands in a file; `broken` is where it could not be read any further.

    `by_line` takes an entry to be a line, as the site writes it: quick, and enough to see that
    everything matches. What does not match that way is read as JSON, entry by entry.
    """

    def __init__(self, text: str, *, by_line: bool) -> None:
        self.text = text
        self.by_line = by_line
        self.rest: dict[str, object] = {}
        self.entries: list[EntrySpan] = []
        self.stream = ""
        self.heads: list[str] = []
        self.broken: Wrong | None = None
        self._position = 0
        self._list: Sized = []
        try:
            self._read()
        except (ValueError, TypeError, RecursionError) as error:
            # What was read last may be a piece of what cannot be read.
            strays = [index for index, span in enumerate(self.entries) if not span.in_place]
            index = strays[0] if strays and self._list is self.entries else len(self._list)
            self.broken = Wrong(index, f"the file cannot be read from here on: {error}.")

    def raw(self, entry: EntrySpan) -> bytes:
        """The bytes of an entry as they stand; the site writes them in the form that is hashed."""
        return self.text[entry.start : entry.end].encode("utf-8", "surrogateescape")

    def canonical(self, entry: EntrySpan) -> bytes:
        """The bytes of an entry in the form that is hashed, for a file that was laid out anew."""
        value = STRICT.decode(self.text[entry.start : entry.end])
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()

    def _read(self) -> None:
        self._expect("{")
        while True:
            name = self._value(PLAIN)
            if not isinstance(name, str) or name in self.rest:
                raise ValueError(f"{name!r} cannot stand here")
            self._expect(":")
            self.rest[name] = self._member(name)
            if self._expect(",}") == "}":
                break
        if self._position != len(self.text):
            raise ValueError("there is more behind its end")
        if self.rest.get("format") != FORMAT or not {"entries", "heads"} <= self.rest.keys():
            self._list = []
            raise ValueError(f'it is no register of the format "{FORMAT}"')

    def _member(self, name: str) -> object:
        if name == "entries":
            self._list = self.entries
            if self.by_line:
                self._add_lines()
            else:
                for start, value in self._items():
                    self._add(start, value)
        elif name == "heads" and self.by_line:
            heads = self._value(PLAIN)
            if not isinstance(heads, list):
                raise ValueError("its heads are no list")
            self.heads = [str(head) for head in heads]
        elif name == "heads":
            self._list = self.heads
            self.heads.extend(str(value) for _, value in self._items())
        else:
            return self._value(STRICT)
        return None

    def _add(self, start: int, leaf: object) -> None:
        in_place = False
        if isinstance(leaf, dict) and leaf.get("index") == len(self.entries):
            self.stream = self.stream or str(leaf.get("stream"))
            in_place = leaf.get("stream") == self.stream and leaf.get("format") == LEAF_FORMAT
        self.entries.append(EntrySpan(start, self._position, in_place))

    def _add_lines(self) -> None:
        self._expect("[")
        more = not self.text.startswith("]", self._position)
        while more:
            line = LINE.match(self.text, self._position)
            if not line:
                raise ValueError("a line is no entry")
            if not self.stream:
                self.stream = str(PLAIN.decode(line[1]).get("stream"))
            in_place = f'"index":{len(self.entries)},' in line[1] and self.stream in line[1]
            self.entries.append(EntrySpan(*line.span(1), in_place))
            self._position = line.end()
            more = bool(line[2])
        self._expect("]")

    def _items(self) -> Iterator[tuple[int, object]]:
        self._expect("[")
        if self.text.startswith("]", self._position):
            self._expect("]")
            return
        while True:
            start = self._position
            yield start, self._value(PLAIN)
            if self._expect(",]") == "]":
                return

    def _value(self, decoder: json.JSONDecoder) -> object:
        value, self._position = decoder.raw_decode(self.text, self._position)
        return value

    def _expect(self, characters: str) -> str:
        """One of these characters, with the space around it."""
        sign = SIGN.match(self.text, self._position)
        if not sign or sign[1] not in characters:
            raise ValueError(f"{' or '.join(characters)} was expected")
        self._position = sign.end()
        return sign[1]


# Keys and signatures


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
    public: Ed25519PublicKey

    @classmethod
    def read(cls, text: str) -> Key:
        """Read "name+id+key"; ValueError when it is not one."""
        name, short, encoded = text.split("+", 2)
        raw = exact_base64(encoded)
        digest = sha256(name.encode() + b"\n" + raw).digest()[:4]
        if not name or raw[:1] != b"\x01" or digest.hex() != short:
            raise ValueError("this is no Ed25519 verifier key")
        return cls(text, name, digest, Ed25519PublicKey.from_public_bytes(raw[1:]))

    def has_signed(self, head: str) -> bool:
        """Whether the head has a signature of this key, and no wrong one."""
        text, _, lines = head.rpartition("\n\n")
        mine = [encoded for name, encoded in SIGNATURE.findall(lines) if name == self.name]
        try:
            signatures = [raw[4:] for raw in map(exact_base64, mine) if raw[:4] == self.short]
            for signature in signatures:
                self.public.verify(signature, f"{text}\n".encode())
        except (ValueError, InvalidSignature):
            return False
        return bool(signatures)


# The tree


def grow(frontier: list[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The hashes of the complete subtrees, largest first, after one more leaf (RFC 6962, 2.1)."""
    grown = frontier.copy()
    top = sha256(b"\x00" + leaf).digest()
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


# The check


def check(register: Register, key: Key, *, kept_heads: dict[int, str], every: bool) -> bool:
    """Compare everything and raise `Wrong` at what is wrong first. Whether that was every head."""
    every = every or len(register.heads) <= EVERY_HEAD_UP_TO
    matching, wrong = compare(register, key, kept_heads, every=every or not register.by_line)
    heads = register.heads[:matching]
    if not all(map(key.has_signed, heads if every else heads[-1:])):
        first = next(index for index, head in enumerate(heads) if not key.has_signed(head))
        raise Wrong(first, "its head is not signed with the site's key.")
    if wrong:
        raise wrong
    return every


def compare(
    register: Register, key: Key, kept_heads: dict[int, str], *, every: bool
) -> tuple[int, Wrong | None]:
    """How many entries match their heads, signatures aside, and what is wrong after those.

    Not `every` root: only the last one, and those of heads that were kept.
    """
    entries, heads = register.entries, register.heads
    pairs = min(len(entries), len(heads))
    roots = range(1, pairs + 1) if every else {pairs, *kept_heads}
    origin = f"{key.name}/{register.stream}"
    frontier: list[bytes] = []
    for size, (entry, head) in enumerate(zip(entries, heads, strict=False), 1):
        try:
            start = f"{origin}\n{size}\n"
            if not head.startswith(start):
                raise ValueError(difference(head, origin))
            rest = head[len(start) :] if size in roots else None
            frontier = added(register, entry, frontier, size, rest)
            if size in kept_heads and not head.startswith(kept_heads[size]):
                raise ValueError("it, or an entry before it, was changed since you kept a head")
        except (ValueError, RecursionError) as error:
            return size - 1, Wrong(size - 1, f"{error}.")
    if register.broken or len(entries) != len(heads):
        missing = "entry" if len(entries) < len(heads) else "signed head"
        return pairs, register.broken or Wrong(pairs, f"there is no {missing} here.")
    if max(kept_heads, default=0) > pairs:
        longest = max(kept_heads)
        return pairs, Wrong(pairs, f"you kept a head of {longest} entries: the end was cut off.")
    return pairs, None


def added(
    register: Register,
    entry: EntrySpan,
    frontier: list[bytes],
    size: int,
    rest: str | None,
) -> list[bytes]:
    """The frontier with this entry. ValueError when the rest of its head, if given, does not fit."""
    if not entry.in_place:
        raise ValueError("it belongs in another place or another register")
    grown = grow(frontier, size - 1, register.raw(entry))
    if rest is not None and not fits(rest, grown):
        grown = grow(frontier, size - 1, register.canonical(entry))
        if not fits(rest, grown):
            raise ValueError("it is not what its head was signed for")
    return grown


def fits(rest: str, frontier: list[bytes]) -> bool:
    """Whether a head, after origin and size, goes on with this tree's root and with signatures."""
    text = f"{root(frontier)}\n"
    return rest.startswith(text) and SIGNATURES.fullmatch(rest, len(text)) is not None


def difference(head: str, origin: str) -> str:
    """Why a head is not the one that belongs here."""
    if head.startswith(f"{origin}\n"):
        return "its head is the head of another entry"
    return f"its head is not one of {origin}"


# The program


def verify(register: Register, own_key: Key | None, kept_heads: list[str], *, every: bool) -> bool:
    """Check with the key that is known, else with the one inside. Whether that was every head."""
    inside = register.rest.get("key")
    try:
        key = own_key or Key.read(str(inside))
    except ValueError:
        raise Wrong(0, "there is no good key in the file; give it with --key.") from None
    if own_key and inside is not None and inside != own_key.text:
        raise Wrong(0, "the key in the file is not the key that you gave.")
    if not all(map(key.has_signed, kept_heads)):
        raise Wrong(0, "a head that you kept is not signed with this key.")
    by_size = {int(head.split("\n")[1]): head[: head.index("\n\n") + 1] for head in kept_heads}
    return check(register, key, kept_heads=by_size, every=every)


def say(register: Register, own_key: Key | None, *, every: bool) -> None:
    """What was found, and the last head."""
    print(f"Everything matches: {len(register.entries)} entries.")
    if every:
        print("Every head was checked: its root and its signature.")
    else:
        print("The last head was checked; it covers all entries. --all checks the others too.")
    if own_key:
        print("The heads are signed with the key that you gave.")
    else:
        print("Only the inner consistency was checked, with the key inside the file:")
        print(f"    {register.rest['key']}")
        print("Compare it with the key that you know from elsewhere, or give that with --key.")
    if register.heads:
        print(f"The last head; keep it for a later check:\n\n{register.heads[-1]}", end="")


def main(arguments: list[str]) -> int:
    """Check a file and say what was found; the exit status."""
    parser = argparse.ArgumentParser(description="Checks the public register of a coalition.")
    parser.add_argument("register", type=Path, help="the register, as the site hands it out")
    parser.add_argument("--key", help="the site's key, as you know it from elsewhere")
    parser.add_argument("--head", type=Path, help="a file with heads that you kept")
    parser.add_argument("--all", action="store_true", help="check every head of a large register")
    options = parser.parse_args(arguments)
    try:
        own_key = Key.read(options.key) if options.key else None
        kept_heads = KEPT_HEAD.findall(options.head.read_text("utf-8")) if options.head else []
        text = options.register.read_bytes().decode("utf-8", "surrogateescape")
    except (OSError, ValueError) as error:
        parser.error(str(error))
    if options.head and not kept_heads:
        parser.error(f"there is no head in {options.head}")
    for by_line in (True, False):
        register = Register(text, by_line=by_line)
        try:
            every = verify(register, own_key, kept_heads, every=options.all)
        except Wrong as wrong:
            failure = str(wrong)
        else:
            say(register, own_key, every=every)
            return 0
    print(failure)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
