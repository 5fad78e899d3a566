"""The command `opinions`: JSON on standard output, messages beside it, and a clear exit status."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wijkverbond.analysis.digest import digest
from wijkverbond.analysis.kinds import KINDS, SOCIETY
from wijkverbond.analysis.opinions.agreement import interval
from wijkverbond.analysis.opinions.command import main
from wijkverbond.analysis.opinions.disclosure import COUNTS_FLOOR
from wijkverbond.analysis.opinions.tests.conftest import RealCase
from wijkverbond.analysis.opinions.votes import UNSEEN

MOST_PEOPLE = ("residents", "residents", "residents", "civil_society", "civil_society")


@pytest.fixture
def folder(tmp_path: Path, brexit: RealCase) -> Path:
    """Return a folder with the votes of a real conversation and one statement moderated out."""
    votes = brexit.votes
    cells = {1: "1", 0: "0", -1: "-1", UNSEEN: ""}
    lines = ["participant,group-id," + ",".join(map(str, votes.statements.tolist()))]
    for person, answers in zip(votes.participants.tolist(), votes.values.tolist(), strict=True):
        lines.append(f"{person},," + ",".join(cells[answer] for answer in answers))
    (tmp_path / "participants-votes.csv").write_text("\n".join(lines))
    (tmp_path / "comments.csv").write_text("comment-id,moderated\n7,-1\n8,1\n")
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    """Run the command, which must be done, and return what it printed."""
    assert main([str(argument) for argument in arguments]) == 0
    result = json.loads(capsys.readouterr().out)
    assert isinstance(result, dict)
    return result


def kinds_file(folder: Path, *, entrepreneurs: int, government: int) -> Path:
    """Give people a kind: so many of the first entrepreneurs and government, a few none."""
    first = ["entrepreneurs"] * entrepreneurs + ["government"] * government
    lines = [
        f"{person},{first[person] if person < len(first) else MOST_PEOPLE[person % 5]}"
        for person in range(204)
    ]
    file = folder / "kinds.csv"
    file.write_text("participant,kind\n" + "\n".join(lines))
    return file


def test_the_reading_has_the_form_that_others_rely_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reading = printed(capsys, folder)

    assert list(reading) == [
        "participants",
        "votes",
        "statements",
        "ungrouped",
        "k",
        "silhouette",
        "groups",
        "per_statement",
        "digest",
    ]
    assert (reading["participants"], reading["votes"], reading["statements"]) == (204, 5303, 50)
    grouped = [person for group in reading["groups"] for person in group["members"]]
    assert len(grouped) == len(set(grouped)) == 204 - reading["ungrouped"]
    assert [group["id"] for group in reading["groups"]] == ["A", "B", "C"][: reading["k"]]
    typical = reading["groups"][0]["representative"][0]
    assert {"statement", "agrees", "z"} <= typical.keys()
    assert typical["agrees"] is True


def test_without_kinds_counts_cover_everyone_and_there_is_no_word(
    folder: Path, capsys: pytest.CaptureFixture[str], brexit: RealCase
) -> None:
    statements = printed(capsys, folder)["per_statement"]

    counts = [
        [statement["agree"], statement["disagree"], statement["pass"]] for statement in statements
    ]
    assert counts == brexit.votes.everyone.T.tolist()
    assert all(statement["word"] is None and statement["kinds"] == {} for statement in statements)
    assert [statement["statement"] for statement in statements if statement["moderated_out"]] == [7]


def test_moderated_statements_count_only_when_asked(
    folder: Path, capsys: pytest.CaptureFixture[str], brexit: RealCase
) -> None:
    reading = printed(capsys, folder, "--keep-moderated")

    assert {frozenset(group["members"]) for group in reading["groups"]} == brexit.groups
    assert reading["digest"] != printed(capsys, folder)["digest"]


def test_with_kinds_each_statement_has_its_bounds_and_word(
    folder: Path, capsys: pytest.CaptureFixture[str], brexit: RealCase
) -> None:
    file = kinds_file(folder, entrepreneurs=40, government=40)
    statements = printed(capsys, folder, "--kinds", file)["per_statement"]

    first = statements[0]
    answers = brexit.votes.values[:40, 0].tolist()
    n, agree = sum(answer != UNSEEN for answer in answers), answers.count(1)
    bounds = interval(agree, n)
    assert first["kinds"]["entrepreneurs"] == {
        "n": n,
        "lower": round(bounds.lower, 6),
        "upper": round(bounds.upper, 6),
    }
    lowers = [first["kinds"][kind]["lower"] for kind in SOCIETY]
    assert first["lower_bound_min"] == min(lowers)
    assert {statement["word"] for statement in statements} >= {"shared", "leaning"}


def test_with_kinds_nothing_tells_about_few_people(
    folder: Path, capsys: pytest.CaptureFixture[str], brexit: RealCase
) -> None:
    file = kinds_file(folder, entrepreneurs=12, government=4)
    statements = printed(capsys, folder, "--kinds", file)["per_statement"]

    society = np.delete(brexit.votes.values, range(12, 16), axis=0)
    everyone = (society != UNSEEN).sum(axis=0).tolist()
    for statement, answered in zip(statements, everyone, strict=True):
        shown = [kind for kind in statement["kinds"].values() if isinstance(kind, dict)]
        counted = [kind["n"] for kind in shown if "n" in kind]
        total = statement["agree"] + statement["disagree"] + statement["pass"]
        assert set(statement["kinds"]) == set(KINDS)
        assert total == (answered if answered >= COUNTS_FLOOR else 0)
        assert all(n >= COUNTS_FLOOR for n in counted)
        left = answered - sum(counted)
        assert left == 0 or left >= COUNTS_FLOOR or not counted
        assert all(
            kind[bound] * 10 == round(kind[bound] * 10)
            for kind in shown
            if "n" not in kind
            for bound in ("lower", "upper")
        )
        assert statement["kinds"]["government"] == "not_yet_heard"
        if not isinstance(statement["kinds"]["entrepreneurs"], dict):
            assert statement["lower_bound_min"] is None
            assert statement["word"] in {"divided", "not_enough_data"}
    states = {kind for statement in statements for kind in map(str, statement["kinds"].values())}
    assert "heard_not_shown" in states
    assert any("n" in statement["kinds"]["residents"] for statement in statements)


def test_with_people_set_apart_figures_stand_with_and_without(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, apart = kinds_file(folder, entrepreneurs=60, government=4), folder / "apart.csv"
    few_of_others = [*range(30), 61, 62]  # thirty entrepreneurs, and two of other kinds
    apart.write_text("participant\n" + "\n".join(map(str, few_of_others)))
    with_them = printed(capsys, folder, "--kinds", file)["per_statement"]
    both = printed(capsys, folder, "--kinds", file, "--apart", apart)["per_statement"]
    assert [{**statement, "without": None} for statement in both] == [
        {**statement, "without": None} for statement in with_them
    ]
    for statement in both:
        kinds, without = statement["kinds"], statement["without"]["kinds"]
        for kind in (kind for kind in KINDS if isinstance(without[kind], dict)):
            fewer = kinds[kind].get("n", 0) - without[kind].get("n", 0)
            assert "n" not in without[kind] or fewer == 0 or fewer >= 20
    assert any("n" in statement["without"]["kinds"]["entrepreneurs"] for statement in both)
    apart.write_text("participant\n" + "\n".join(map(str, range(19))))
    assert main([str(folder), "--kinds", str(file), "--apart", str(apart)]) == 2
    assert main([str(folder), "--apart", str(apart)]) == 2


def test_with_kinds_government_is_in_no_sum_and_no_group(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    government = kinds_file(folder, entrepreneurs=40, government=40)
    beside = printed(capsys, folder, "--kinds", government)
    votes = (folder / "participants-votes.csv").read_text().splitlines()
    without = [line for line in votes if line[:2] == "pa" or not 40 <= int(line.split(",")[0]) < 80]
    (folder / "participants-votes.csv").write_text("\n".join(without))
    alone = printed(capsys, folder, "--kinds", government)

    assert beside["participants"] == 164
    for statement in [*beside["per_statement"], *alone["per_statement"]]:
        del statement["kinds"]["government"]
        del statement["word"]  # Government can be one of two sides that are divided.
    del beside["digest"], alone["digest"]
    assert beside == alone


def test_the_digest_does_not_tell_the_kinds_that_are_hidden(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = kinds_file(folder, entrepreneurs=0, government=0)
    before = printed(capsys, folder, "--kinds", file)
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines, "9999,government"]))
    assert main([str(folder), "--kinds", str(file)]) == 0
    after = capsys.readouterr()

    assert json.loads(after.out) == before
    assert "1 of the participants with a kind are not in the export" in after.err


@pytest.mark.parametrize("rows", ["", "4,1,,-1\n"], ids=["nobody", "one"])
def test_the_smallest_exports_have_a_reading(
    tmp_path: Path, rows: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "participants-votes.csv").write_text("participant,0,1,2\n" + rows)
    (tmp_path / "kinds.csv").write_text("participant,kind\n4,residents\n")

    plain = printed(capsys, tmp_path)
    with_kinds = printed(capsys, tmp_path, "--kinds", tmp_path / "kinds.csv")

    assert plain["participants"] == with_kinds["participants"] == len(rows.splitlines())
    assert plain["silhouette"] is None
    assert [statement["word"] for statement in with_kinds["per_statement"]] == [
        "not_enough_data"
    ] * 3
    assert all(
        statement["agree"] == statement["pass"] == 0 for statement in with_kinds["per_statement"]
    )


def test_figures_depend_on_nothing_but_the_files(folder: Path) -> None:
    command = [sys.executable, "-m", "wijkverbond.analysis", "opinions", str(folder)]
    lines = (folder / "participants-votes.csv").read_text().splitlines()
    source = str(Path(__file__).parents[4])
    outputs = []
    for seed, order in (("1", lines), ("2", [lines[0], *reversed(lines[1:])])):
        (folder / "participants-votes.csv").write_text("\n".join(order))
        run = subprocess.run(
            command,
            env={"PYTHONPATH": source, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        outputs.append(run.stdout)
        assert run.stderr == b""

    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "DIR"),
        (["nowhere"], "nowhere is not a folder"),
        ([".", "--nothing"], "--nothing"),
        ([".", "--kinds"], "--kinds"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


def test_a_broken_file_is_a_wrong_call_and_prints_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "comments.csv").write_text("comment-id\n1\n")

    assert main([str(folder)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert 'comments.csv, line 1: no column "moderated"' in captured.err


def test_what_cannot_be_read_could_not_be_done(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "participants-votes.csv").unlink()
    (folder / "participants-votes.csv").mkdir()

    assert main([str(folder)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "participants-votes.csv" in captured.err


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert (
        "usage: wijkverbond opinions [-h] [--kinds FILE.csv] [--apart FILE.csv] [--keep-moderated] DIR"
        in text
    )
    assert "Opinion groups and agreement of an export in Polis' form, as JSON." in text
    assert "DIR folder with the CSV files" in text
    assert "--kinds FILE.csv columns participant,kind" in text
    assert "--keep-moderated let statements that were moderated out count like the others" in text


def test_what_is_missing_but_can_be_done_without_is_noted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "comments.csv").unlink()

    assert main([str(folder)]) == 0
    assert "no comments.csv: no statement counts as moderated out" in capsys.readouterr().err


def test_the_digest_with_kinds_covers_the_reading_and_what_is_said_of_each_statement(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = kinds_file(folder, entrepreneurs=40, government=0)
    plain, with_kinds = printed(capsys, folder), printed(capsys, folder, "--kinds", file)

    assert with_kinds["digest"] == digest([plain["digest"], with_kinds["per_statement"]])


def test_a_command_that_is_not_there_is_a_wrong_call() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "wijkverbond.analysis", "nothing"],
        env={"PYTHONPATH": str(Path(__file__).parents[4])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    assert "opinions" in run.stderr
