"""The chapters of one lesson, which tests/e2e/test_lesson.py tells in their order."""

import pytest

pytest.register_assert_rewrite(*(f"{__name__}.{each}" for each in ("before", "call", "together", "closing", "after")))
