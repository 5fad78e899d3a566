"""Any single change of a register is found, also of its texts; writing it in another way is none."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.examples import at_least
from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.verifying import verify_text

KEY = ("--key", sample_registers.key())
SIZE = 6
RIGHT = sample_registers.document(SIZE)
TEXT = sample_registers.written(RIGHT)
# One that took another key twice; who checks it knows the first key and the last.
CHANGED_KEYS = sample_registers.with_three_keys(8)
CHANGED_KEYS_TEXT = sample_registers.written(CHANGED_KEYS)
BOTH_KEYS = (*KEY, "--key", sample_registers.KEYS[-1].verifier_key)
many_examples = settings(at_least(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
scalars = st.none() | st.booleans() | st.integers(-1, 9) | st.text(max_size=5)
values = scalars | st.lists(scalars, max_size=2) | st.dictionaries(st.text(max_size=3), scalars)


def pairs(value: list[tuple[str, object]]) -> object:
    """An object with all of its keys, so that one that stands twice counts."""
    return ("object", sorted(value, key=lambda pair: (pair[0], repr(pair[1]))))


def meaning(text: str) -> object:
    """What a file says; None when it is no JSON. In Python, 1 equals true and 1.0."""
    try:
        return repr(json.loads(text, object_pairs_hook=pairs))
    except (ValueError, RecursionError):
        return None


def containers(value: object) -> list[Any]:
    """Every list and object in a document."""
    if not isinstance(value, dict | list):
        return []
    inner = value.values() if isinstance(value, dict) else value
    return [value, *(each for item in inner for each in containers(item))]


@st.composite
def changed_documents(draw: st.DrawFn, right: sample_registers.Document = RIGHT) -> str:
    """The register with one value changed, left out, put in, renamed or moved."""
    document = json.loads(json.dumps(right))
    container = draw(st.sampled_from(containers(document)))
    (change_object if isinstance(container, dict) else change_list)(container, draw)
    return json.dumps(document)


def change_object(container: Any, draw: st.DrawFn) -> None:
    """Change one member of an object."""
    name = draw(st.sampled_from([*container, None]))
    value = None if name is None else container.pop(name)
    match draw(st.sampled_from(["change", "leave out", "rename"])):
        case "change" if name is not None:
            container[name] = draw(near(value) | values)
        case "rename":
            container[draw(st.text(max_size=5))] = draw(values) if name is None else value


def change_list(container: Any, draw: st.DrawFn) -> None:
    """Change one item of a list, or move it."""
    place = draw(st.integers(0, len(container)))
    if place == len(container):
        container.append(draw(values))
        return
    value = container.pop(place)
    match draw(st.sampled_from(["change", "leave out", "move", "double"])):
        case "change":
            container.insert(place, draw(near(value) | values))
        case "move":
            container.insert(draw(st.integers(0, len(container))), value)
        case "double":
            container[place:place] = [value, value]


def near(value: object) -> st.SearchStrategy[object]:
    """What hardly differs from a value."""
    if isinstance(value, str) and value:
        places = st.integers(0, len(value) - 1)
        return st.tuples(places, st.characters()).map(
            lambda change: value[: change[0]] + change[1] + value[change[0] + 1 :]
        )
    return st.just(value + 1) if type(value) is int else st.nothing()


@many_examples
@given(changed_documents())
def test_any_single_change_of_a_value_is_found(folder: Path, text: str) -> None:
    assume(meaning(text) != meaning(TEXT))
    assert verify_text(text, folder, *KEY)[0] == 1


@many_examples
@given(changed_documents(CHANGED_KEYS))
def test_any_single_change_of_a_register_with_more_keys_is_found(folder: Path, text: str) -> None:
    assume(meaning(text) != meaning(CHANGED_KEYS_TEXT))
    assert verify_text(text, folder, *BOTH_KEYS)[0] == 1


@many_examples
@given(st.data())
def test_any_other_byte_anywhere_is_found(folder: Path, data: st.DataObject) -> None:
    """Unless the file says the same with it, such as a tab instead of a space."""
    raw = bytearray(TEXT.encode())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    same = meaning(raw.decode("utf-8", "surrogateescape")) == meaning(TEXT)
    assert verify_text(bytes(raw), folder, *KEY)[0] == (0 if same else 1)


def shuffled(value: object, draw: st.DrawFn) -> object:
    """The same with the keys of every object in another order."""
    if isinstance(value, list):
        return [shuffled(item, draw) for item in value]
    if isinstance(value, dict):
        return {key: shuffled(value[key], draw) for key in draw(st.permutations(sorted(value)))}
    return value


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """The register as another program, an editor or a mail could have written it."""
    text = TEXT
    if draw(st.booleans()):
        text = json.dumps(
            shuffled(RIGHT, draw) if draw(st.booleans()) else RIGHT,
            indent=draw(st.sampled_from([None, 0, 2, "\t"])),
            ensure_ascii=draw(st.booleans()),
            sort_keys=draw(st.booleans()),
            separators=draw(st.sampled_from([(",", ":"), (" , ", " : "), (",\n", ":\n")])),
        )
    text = text.strip() + draw(st.sampled_from(["", "\n", "\n\n", " \t"]))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    if draw(st.booleans()):
        text = text.replace("/", "\\/").replace("sample", "\\u0073ample")
    encodings = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
    return text.encode(draw(st.sampled_from(encodings)))


@many_examples
@given(files())
def test_the_same_written_in_another_way_is_no_change(folder: Path, raw: bytes) -> None:
    status, output = verify_text(raw, folder, *KEY)
    assert (status, output.endswith(RIGHT["heads"][-1])) == (0, True), output
