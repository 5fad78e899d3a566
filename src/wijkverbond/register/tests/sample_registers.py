"""Registers as the site hands them out, made without a database, for whoever tampers with them."""

import base64
import hashlib
import json
import uuid
from typing import Any

from wijkverbond.kernel import journal, merkle
from wijkverbond.kernel.events import Text

NAME = "wijkverbond.example"
OTHER_NAME = "wijk.example"
SEED, OTHER_SEED, THIRD_SEED = bytes(range(32)), bytes(range(1, 33)), bytes(range(2, 34))
STREAM, OTHER_STREAM = uuid.UUID(int=1), uuid.UUID(int=2)

Document = dict[str, Any]


def entry(index: int, stream: uuid.UUID = STREAM) -> Document:
    """An entry of ordinary size."""
    return {
        "format": 1,
        "stream": str(stream),
        "index": index,
        "at": f"2026-03-01T09:30:00.{index:06d}Z",
        "event": "sample.counted",
        "version": 1,
        "facts": {
            "number": index,
            "kinds": ["residents"],
            "share": {"residents": "0.5"},
            "words": words(index).digest,
        },
        "rests_on": [f"goal:{uuid.UUID(int=index)}"],
        "party": str(uuid.UUID(int=7)),
    }


def words(index: int) -> Text:
    """The text of an entry."""
    return Text(f"Zin {index}: “één” 🌳", bytes([index]) * 16)


def text_line(index: int) -> Document:
    """How a file tells of the text of an entry: some are gone, some are not shown."""
    lost = {1: "gone", 2: "not_shown"}.get(index % 4)
    shown = {"salt": words(index).salt.hex(), "text": words(index).text}
    return {"index": index, "field": "words", **({"lost": lost} if lost else shown)}


def sealed(
    document: Document,
    stream: uuid.UUID = STREAM,
    seed: bytes = SEED,
    signer: merkle.Signer | None = None,
) -> Document:
    """The document with the seal that belongs to its texts and names, as the site makes it."""
    start = {name: document[name] for name in ("format", "coalition", "key")}
    lines = b"".join(journal.canonical(line) + b"\n" for line in [start, *document["texts"]])
    signer = signer or merkle.Signer(NAME, seed)
    digest = hashlib.sha256(lines).digest()
    size = len(document["entries"])
    return document | {
        "texts_seal": signer.checkpoint(f"{signer.name}/{stream}/texts", size, digest)
    }


def without_texts(document: Document) -> Document:
    """The document as sites wrote it before there were texts in it."""
    return {name: document[name] for name in document if not name.startswith("texts")}


def heads(entries: list[Document], stream: uuid.UUID = STREAM, seed: bytes = SEED) -> list[str]:
    """The signed head of every entry."""
    signer = merkle.Signer(NAME, seed)
    checkpoints: list[str] = []
    frontier: list[bytes] = []
    for size, each in enumerate(entries):
        frontier = merkle.grow(frontier, size, journal.canonical(each))
        root = merkle.root(frontier)
        checkpoints.append(signer.checkpoint(f"{NAME}/{stream}", size + 1, root))
    return checkpoints


def key(seed: bytes = SEED) -> str:
    """The verifier key that belongs to a seed."""
    return merkle.Signer(NAME, seed).verifier_key


def document(size: int, stream: uuid.UUID = STREAM, seed: bytes = SEED) -> Document:
    """A register of so many entries, with nothing wrong."""
    entries = [entry(index, stream) for index in range(size)]
    unsealed = {
        "format": "wijkverbond-register-1",
        "coalition": "de-wijk",
        "key": key(seed),
        "entries": entries,
        "heads": heads(entries, stream, seed),
        "texts": [text_line(index) for index in range(size)],
    }
    return sealed(unsealed, stream, seed)


ROTATED_AT, BROKEN_AT = 2, 5
KEYS = (
    merkle.Signer(NAME, SEED),
    merkle.Signer(OTHER_NAME, OTHER_SEED),
    merkle.Signer(OTHER_NAME, THIRD_SEED),
)
REASON = Text("De sleutel lag in het water.", bytes(16))


def with_three_keys(size: int, keys: tuple[merkle.Signer, ...] = KEYS) -> Document:
    """A register that took a second key, signed by the first, and a third when that was lost."""
    document: Document = {"format": "wijkverbond-register-1", "coalition": "de-wijk"}
    entries, heads = [], []
    frontier: list[bytes] = []
    for index in range(size):
        each = entry(index)
        if index == ROTATED_AT:
            each["event"] = "register.key_rotated"
            each["facts"] |= {"old_key": keys[0].verifier_key, "new_key": keys[1].verifier_key}
        if index == BROKEN_AT:
            each["event"] = "register.key_lost"
            each["facts"] |= {
                "old_key_id": keys[1].key_id,
                "old_key": keys[1].verifier_key,
                "new_key": keys[2].verifier_key,
                "last_size": index,
                "last_root": merkle.root(frontier).hex(),
                "reason": REASON.digest,
            }
        frontier = merkle.grow(frontier, index, journal.canonical(each))
        key = keys[(index > ROTATED_AT) + (index >= BROKEN_AT)]
        head = key.checkpoint(f"{key.name}/{STREAM}", index + 1, merkle.root(frontier))
        heads.append(keys[1].signed_too(head) if index == ROTATED_AT else head)
        entries.append(each)
    last = keys[(size > ROTATED_AT) + (size > BROKEN_AT)]
    texts = [text_line(index) for index in range(size)]
    if size > BROKEN_AT:
        said = {"index": BROKEN_AT, "field": "reason", "salt": REASON.salt.hex()}
        texts.insert(BROKEN_AT, said | {"text": REASON.text})
    document |= {"key": last.verifier_key, "entries": entries, "heads": heads, "texts": texts}
    return sealed(document, signer=last)


def written(document: Document) -> str:
    """The file, laid out as the site does: an entry or a head on each line."""
    start = json.dumps({name: document[name] for name in ("format", "coalition", "key")})
    entries = ",\n".join(journal.canonical(each).decode() for each in document["entries"])
    signed = ",\n".join(json.dumps(head) for head in document["heads"])
    register = f'{start[:-1]}, "entries": [\n{entries}\n], "heads": [\n{signed}\n]'
    if "texts" not in document:
        return register + "}\n"
    texts = ",\n".join(journal.canonical(each).decode() for each in document["texts"])
    return f'{register}, "texts": [\n{texts}\n], "texts_seal": {json.dumps(document["texts_seal"])}}}\n'


def with_root_of(head: str, other: str) -> str:
    """A head whose text is that of another one, under its own signature."""
    return other.split("\n\n")[0] + "\n\n" + head.split("\n\n")[1]


def flipped(signature_of: str) -> str:
    """A head with one bit of its signature the other way round."""
    text, _, last = signature_of.rpartition(" ")
    raw = bytearray(base64.b64decode(last))
    raw[40] ^= 1
    return f"{text} {base64.b64encode(raw).decode()}\n"
