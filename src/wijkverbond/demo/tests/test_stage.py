"""The scenes of the demonstration are played in the order of their days."""

from wijkverbond.demo.stage import Scene, play


def test_scenes_take_turns_so_that_everything_is_told_on_its_day() -> None:
    days_told: list[float] = []

    def scene(*days: float) -> Scene:
        for day in days:
            yield day
            days_told.append(day)

    play([scene(1, 5), scene(2, 3), scene(4)])
    assert days_told == [1, 2, 3, 4, 5]
