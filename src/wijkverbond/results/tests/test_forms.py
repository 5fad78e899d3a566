"""Whatever is typed as a measurement is a measurement or a message, never an accident."""

from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.results.forms import MeasureForm

ANYTHING = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["1e999", "-1e-999", "NaN", "sNaN", "Infinity", "0x1F", "١٢", "-0", "1_000"]),
)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_what_is_accepted_is_a_number_in_a_year_on_a_day(value: str, year: str, day: str) -> None:
    form = MeasureForm(
        {
            "value": value,
            "year": year,
            "part": "",
            "measured_on": day,
            "source": "own",
            "source_text": "Geteld",
        },
        unit="%",
    )
    accepted = form.is_valid()
    assert accepted == (not form.errors)
    measured = [form.measured()] if accepted else []
    assert all(
        measurement.value.is_finite() and len(measurement.edition) == 4 for measurement in measured
    )


@given(ANYTHING)
def test_a_value_is_finite_and_fits(value: str) -> None:
    form = MeasureForm(
        {
            "value": value,
            "year": "2025",
            "part": "Q1",
            "measured_on": "2025-04-01",
            "source": "own",
            "source_text": "Geteld",
        },
        unit="",
    )
    measured = [form.measured()] if form.is_valid() else []
    assert all(
        measurement.value.is_finite() and abs(measurement.value) < 10**12
        for measurement in measured
    )
