"""Trying the mutants of a module quickly: its tests are collected once, and each trial is a fork.

In the fork the functions that everybody has imported get the changed code, and only the tests that
enter them run. What stands at the top of a module has been executed by then: such a change is not
noticed here, except in policies, which are declared once more. So *noticed* is the last word, and
*not noticed* asks for a trial that starts anew.
"""

import ast
import gc
import itertools
import multiprocessing
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from types import CodeType, FrameType, FunctionType
from typing import TypeVar

import pytest

from tests.mutation.changes import Mutant, mutated
from tests.mutation.trial import WIDE, Target, TooLong, be_quick_and_silent, limit_time, options

PROCESSES = 2
FORK = multiprocessing.get_context("fork")

Function = tuple[str, int]
"""The name of a function within its module, and its first line."""

Outcome = TypeVar("Outcome")


class TestsFail(Exception):
    """The tests of a module fail without any change, or there are none."""


@dataclass(frozen=True)
class Course:
    """How a test went without a change: its seconds, and the functions of the module it entered."""

    test: pytest.Item
    seconds: float
    entered: frozenset[Function]


class Trials:
    """For pytest: instead of the tests collected, all trials with them, each in a fork."""

    def __init__(self, target: Target, mutants: Sequence[Mutant]) -> None:
        self.target = target
        self.mutants = mutants
        self.outcomes: list[bool] = []
        self._has_failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember, in a fork, that a test failed."""
        self._has_failed = self._has_failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once without a change, and then for each mutant those that may notice it."""
        self._tests = [
            test
            for test in session.items
            if test.path.name not in WIDE or test.path in self.target.tests
        ]
        self._functions = _functions_of(str(self.target.module))
        gc.freeze()  # so that forks go on sharing what was loaded
        [courses] = self._in_forks(_course_of_each, 1)
        if courses and not session.testsfailed:
            self._courses = [
                Course(test, *course) for test, course in zip(self._tests, courses, strict=True)
            ]
            self.outcomes = self._in_forks(_is_noticed, len(self.mutants))
        return True

    def course_of_each(self) -> list[tuple[float, frozenset[Function]]]:
        """How each test goes, as `Course` has it; empty when one fails."""
        courses = []
        for test, after in _with_next(self._tests):
            entered = set()

            def note(frame: FrameType, _event: str, _argument: object) -> None:
                if frame.f_code.co_filename == str(self.target.module):
                    entered.add(_function(frame.f_code))  # noqa: B023, read before the next test

            begin = time.process_time()
            sys.settrace(note)
            passes = self._passes(test, after)
            sys.settrace(None)
            if not passes:
                return []
            courses.append((time.process_time() - begin, frozenset(entered)))
        return courses

    def is_noticed(self, number: int) -> bool:
        """Whether a test that enters what this mutant changes fails."""
        limit_time()
        try:
            entered = self._change(self.mutants[number])
        except (Exception, TooLong):  # noqa: BLE001, whichever it is
            return True  # with the change the module cannot even be executed
        courses = [
            course for course in self._courses if entered is None or course.entered & entered
        ]
        tests = [course.test for course in sorted(courses, key=self._promise)]
        return not all(self._passes(test, after) for test, after in _with_next(tests))

    def _promise(self, course: Course) -> tuple[bool, float]:
        """What comes first: a test of the module's own, and then the quickest."""
        return course.test.path != self.target.tests[0], course.seconds

    def _passes(self, test: pytest.Item, after: pytest.Item | None) -> bool:
        test.config.hook.pytest_runtest_protocol(item=test, nextitem=after)
        return not self._has_failed

    def _change(self, mutant: Mutant) -> set[Function] | None:
        """Change the loaded module; return the functions in which, None when everywhere."""
        module = self.target.module
        source = module.read_text(encoding="utf-8")
        before, after = (
            compile(tree, str(module), "exec", dont_inherit=True)
            for tree in (ast.parse(source), mutated(source, mutant))
        )
        if part := _changed_part(before, after, self._functions):
            function, code = part
            if code.co_freevars != self._functions[function][0].__code__.co_freevars:
                return set()  # Python cannot exchange these
            for living in self._functions[function]:
                living.__code__ = code
            return {function}
        if self.target.is_policies:
            declare_once_more(str(module), after)
            return None
        return set()

    def _in_forks(self, function: Callable[[int], Outcome], times: int) -> list[Outcome]:
        with FORK.Pool(PROCESSES, _remember, (self,), maxtasksperchild=1) as pool:
            return pool.map(function, range(times), chunksize=1)


def unnoticed(target: Target, mutants: Sequence[Mutant]) -> list[Mutant]:
    """The mutants that no test notices in a fork; raises `TestsFail`."""
    # A process of its own, because this one must not load what a trial that starts anew changes.
    with ProcessPoolExecutor(1, mp_context=FORK) as executor:
        outcomes = executor.submit(_outcomes, target, mutants).result()
    if len(outcomes) < len(mutants):
        raise TestsFail
    return [mutant for mutant, noticed in zip(mutants, outcomes, strict=True) if not noticed]


def _outcomes(target: Target, mutants: Sequence[Mutant]) -> list[bool]:
    be_quick_and_silent()
    trials = Trials(target, mutants)
    pytest.main([*options(target), *map(str, target.tests)], plugins=[trials])
    return trials.outcomes


_trials: Trials
"""In a fork: what it tries one of. Tests cannot be passed on to it otherwise."""


def _remember(trials: Trials) -> None:
    global _trials
    _trials = trials


def _course_of_each(_number: int) -> list[tuple[float, frozenset[Function]]]:
    return _trials.course_of_each()


def _is_noticed(number: int) -> bool:
    return _trials.is_noticed(number)


def _with_next(tests: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each test with the one after it, for which pytest keeps what both need."""
    return itertools.zip_longest(tests, tests[1:])


def _function(code: CodeType) -> Function:
    return code.co_qualname, code.co_firstlineno


def _functions_of(module: str) -> dict[Function, list[FunctionType]]:
    """The functions of a module that are loaded, whoever holds them; decorated ones too."""
    functions = defaultdict(list)
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename == module:
            functions[_function(thing.__code__)].append(thing)
    return functions


def _changed_part(
    before: CodeType, after: CodeType, functions: dict[Function, list[FunctionType]]
) -> tuple[Function, CodeType] | None:
    """The loaded function that reads differently, and its new code; None when it is outside of them."""
    if _function(before) in functions:
        return _function(before), after
    if _without_parts(before) == _without_parts(after):
        for part, other in zip(_parts(before), _parts(after), strict=True):
            if part != other:
                return _changed_part(part, other, functions)
    return None


def _parts(code: CodeType) -> list[CodeType]:
    return [part for part in code.co_consts if isinstance(part, CodeType)]


def _without_parts(code: CodeType) -> CodeType:
    constants = (None if isinstance(part, CodeType) else part for part in code.co_consts)
    return code.replace(co_consts=tuple(constants))


def declare_once_more(module: str, code: CodeType) -> None:
    """Execute a module of policies again; the actions that others hold are changed in place."""
    [namespace] = [
        vars(loaded)
        for loaded in list(sys.modules.values())
        if getattr(loaded, "__file__", None) == module
    ]
    actions = sys.modules["wijkverbond.kernel.policy"].ACTIONS  # which not every target imports
    living = dict(actions)
    actions.clear()
    exec(code, namespace)
    for name, action in actions.items():
        living[name].__dict__.update(vars(action))
    actions.update(living)
