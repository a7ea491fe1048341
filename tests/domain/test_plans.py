"""A plan is tidy, has its limits, and a new version with each change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.plans import MOST_GOALS, MOST_POINTS, Goal, Plan, Point

texts = st.text("ab \n\t", max_size=20)


@given(st.lists(texts, max_size=MOST_POINTS), st.lists(texts, max_size=MOST_GOALS))
def test_lines_are_tidied_and_empty_ones_dropped_and_again_is_the_same(points, goals):
    agenda, aims = tuple(Point(each, 5) for each in points), tuple(Goal(each) for each in goals)
    once = Plan().rewritten(agenda, aims)
    assert once.rewritten(agenda, aims) == once
    assert all(each.text and each.text == " ".join(each.text.split()) for each in (*once.agenda, *once.goals))
    assert once.version == (1 if once.agenda or once.goals else 0)


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_minutes_have_a_measure(minutes):
    with pytest.raises(Invalid) as refused:
        Plan().rewritten((Point("Types", minutes),), ())
    assert set(refused.value.fields) == {"agenda"}


def test_there_is_a_most_of_all():
    with pytest.raises(Invalid) as refused:
        Plan().rewritten((Point("a"),) * (MOST_POINTS + 1), (Goal("b" * 201),))
    assert set(refused.value.fields) == {"agenda", "goals"}
