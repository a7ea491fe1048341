"""Events as AWS sends them to our Lambdas, kept as JSON."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any


def event(name: str) -> dict[str, Any]:
    """A copy to be changed at will."""
    return copy.deepcopy(_read(name))


@cache
def _read(name: str) -> dict[str, Any]:
    return json.loads((Path(__file__).parent / f"{name}.json").read_text())
