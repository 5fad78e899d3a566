"""The small changes that tests must notice: each one alone, at every place of a module.

Only changes that mean something: the edge of a comparison, a condition left out, a number one higher,
a statement or an element dropped. Texts, annotations, decorators and messages stay.
"""

import ast
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

Change = tuple[str, Callable[[], object]]
"""What is changed, and the function that changes it in place."""

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
FUNCTIONS = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}
TAKE_ANY_NUMBER = {"allow", "refuse"}
"""Functions of which one positional argument can be left out and the call still means something."""

UNIMPORTANT = {"strict", "encoding"}
"""Keyword arguments that guard against mistakes of the programmer, not of the computation."""

REMOVABLE = (ast.Continue, ast.Break, ast.AugAssign, ast.Raise)


@dataclass(frozen=True)
class Mutant:
    """One change of a module: the `number`th of the node at `place` in the order of the tree."""

    place: int
    number: int
    line: int
    change: str


def mutants(source: str) -> list[Mutant]:
    """All mutants of a module's source, in the order of its lines."""
    tree = ast.parse(source)
    left_alone = {
        id(inner)
        for node in ast.walk(tree)
        for root in _left_alone(node)
        for inner in ast.walk(root)
    }
    every = [
        Mutant(place, number, line, change)
        for place, node in enumerate(ast.walk(tree))
        if id(node) not in left_alone
        for number, (line, (change, _apply)) in enumerate(_changes(node))
    ]
    return sorted(every, key=lambda mutant: (mutant.line, mutant.place, mutant.number))


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """The tree of the module with this one change."""
    tree = ast.parse(source)
    node = next(node for place, node in enumerate(ast.walk(tree)) if place == mutant.place)
    _line, (_change, apply) = list(_changes(node))[mutant.number]
    apply()
    return ast.fix_missing_locations(tree)


@functools.singledispatch
def _left_alone(node: ast.AST) -> list[ast.AST]:
    """The parts of a node in which a change says nothing about what is computed."""
    return []


@_left_alone.register
def _(node: ast.FunctionDef) -> list[ast.AST]:
    return [*node.decorator_list, *([node.returns] if node.returns else [])]


@_left_alone.register
def _(node: ast.ClassDef) -> list[ast.AST]:
    return [*node.decorator_list, *node.bases]


@_left_alone.register
def _(node: ast.arg) -> list[ast.AST]:
    return [node.annotation] if node.annotation else []


@_left_alone.register
def _(node: ast.AnnAssign) -> list[ast.AST]:
    return [node.annotation]


@_left_alone.register
def _(node: ast.keyword) -> list[ast.AST]:
    return [node] if node.arg in UNIMPORTANT else []


@_left_alone.register
def _(node: ast.Subscript) -> list[ast.AST]:
    return [node.slice] if isinstance(node.slice, ast.Tuple) else []


@_left_alone.register
def _(node: ast.JoinedStr) -> list[ast.AST]:
    return [node]


@_left_alone.register
def _(node: ast.Assign) -> list[ast.AST]:
    """The right-hand side when a type gets a name, by how names are written: `Pair = tuple[…]`."""
    names = [target.id.lstrip("_") for target in node.targets if isinstance(target, ast.Name)]
    is_type = bool(names) and all(name[0].isupper() and not name.isupper() for name in names)
    return [node.value] if is_type else []


def _changes(node: ast.AST) -> Iterator[tuple[int, Change]]:
    """The changes of a node and of the statements directly in it, each with its line."""
    for change in _changes_of(node):
        yield _line_of(node), change
    for field in ("body", "orelse"):
        block = getattr(node, field, None)
        if not isinstance(block, list):  # of a lambda or of `a if b else c`
            continue
        for place, statement in enumerate(block):
            if _is_removable(statement):
                text = ast.unparse(statement).partition("\n")[0]
                leave_out = functools.partial(block.__setitem__, place, ast.Pass())
                yield statement.lineno, (f"without {text}", leave_out)


def _line_of(node: ast.AST) -> int:
    """The line of a node that has changes: an `if` in a comprehension counts from its `for`."""
    located = node.target if isinstance(node, ast.comprehension) else node
    return getattr(located, "lineno", 0)


@functools.singledispatch
def _changes_of(node: ast.AST) -> Iterator[Change]:
    """The changes of a node itself, apart from the statements in it."""
    return iter(())


@_changes_of.register
def _(node: ast.Compare) -> Iterator[Change]:
    for place, operator in enumerate(node.ops):
        other = COMPARISONS[type(operator)]
        change = f"{type(operator).__name__} → {other.__name__}"
        yield change, functools.partial(node.ops.__setitem__, place, other())


@_changes_of.register
def _(node: ast.BoolOp) -> Iterator[Change]:
    other = ast.Or if isinstance(node.op, ast.And) else ast.And
    yield f"→ {other.__name__.lower()}", functools.partial(setattr, node, "op", other())
    for place, part in enumerate(node.values):
        rest = [*node.values[:place], *node.values[place + 1 :]]
        # Python knows no `and` of one part; of the same part twice is the same.
        values = rest if len(rest) > 1 else rest * 2
        yield (
            f"without part {ast.unparse(part)}",
            functools.partial(setattr, node, "values", values),
        )


@_changes_of.register
def _(node: ast.BinOp | ast.AugAssign) -> Iterator[Change]:
    if other := OPERATORS.get(type(node.op)):
        change = f"{type(node.op).__name__} → {other.__name__}"
        yield change, functools.partial(setattr, node, "op", other())


@_changes_of.register
def _(node: ast.Constant) -> Iterator[Change]:
    other = _other_value(node.value)
    if other is not None:
        yield f"{node.value!r} → {other!r}", functools.partial(setattr, node, "value", other)


def _other_value(value: object) -> object:
    """The opposite of a truth value, one more than a number, also as a text; None for the rest."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str) and value[:1].isdigit():
        try:
            return str(Fraction(value) + 1)
        except (ValueError, ZeroDivisionError):
            return None
    return None


@_changes_of.register
def _(node: ast.Call) -> Iterator[Change]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if other := FUNCTIONS.get(name):
        yield f"{name} → {other}", functools.partial(_call_instead, node, other)
    if name in TAKE_ANY_NUMBER:
        yield from _left_out(node.args, "argument")
    for keyword in node.keywords:
        if keyword.arg not in UNIMPORTANT:
            yield f"without {keyword.arg}", functools.partial(node.keywords.remove, keyword)


def _call_instead(node: ast.Call, name: str) -> None:
    node.func = ast.Name(name, ast.Load())
    if name == "list":
        node.keywords = []  # it takes no order


@_changes_of.register
def _(node: ast.List | ast.Tuple) -> Iterator[Change]:
    if isinstance(node.ctx, ast.Load):
        yield from _left_out(node.elts, "element")


@_changes_of.register
def _(node: ast.Set) -> Iterator[Change]:
    yield from _left_out(node.elts, "element")


@_changes_of.register
def _(node: ast.comprehension) -> Iterator[Change]:
    yield from _left_out(node.ifs, "if")


@_changes_of.register
def _(node: ast.IfExp) -> Iterator[Change]:
    for change, outcome in (("always the first", True), ("always the second", False)):
        yield change, functools.partial(setattr, node, "test", ast.Constant(outcome))


@_changes_of.register
def _(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.USub):
        yield "without minus", functools.partial(setattr, node, "op", ast.UAdd())
    if isinstance(node.op, ast.Not):  # a node cannot leave its place, but can be undone there
        undone = ast.UnaryOp(ast.Not(), node.operand)
        yield "without not", functools.partial(setattr, node, "operand", undone)


@_changes_of.register
def _(node: ast.If | ast.While) -> Iterator[Change]:
    """The other way round, where the condition is a plain value and has no changes of its own."""
    if isinstance(node.test, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
        opposite = ast.UnaryOp(ast.Not(), node.test)
        yield "the other way round", functools.partial(setattr, node, "test", opposite)


def _left_out(items: list[ast.expr], what: str) -> Iterator[Change]:
    for place, item in enumerate(items):
        yield f"without {what} {ast.unparse(item)}", functools.partial(items.pop, place)


def _is_removable(statement: ast.stmt) -> bool:
    """Whether the module still runs without it: what gives a local name its value has to stay."""
    match statement:
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            return True
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            return True
        case ast.Assign(targets=[ast.Tuple(elts=[ast.Attribute(), *_])]):
            return True
    return isinstance(statement, REMOVABLE)
