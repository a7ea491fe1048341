"""What a rule or a use case answers when it refuses, for tests."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError


def refusal(act: Callable[..., Any], *args: Any, **named: Any) -> DomainError:
    """The refusal that the act ends in; not being refused is a failure."""
    with pytest.raises(DomainError) as caught:
        act(*args, **named)
    return caught.value


def code_of(act: Callable[..., Any], *args: Any, **named: Any) -> str:
    """The refusal's code."""
    return refusal(act, *args, **named).code
