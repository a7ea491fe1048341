"""MiniStack, the local AWS: started in an environment of its own, with the few patches our stack needs."""

import ast
from pathlib import Path


def patches_named() -> list[str]:
    """The patches there are; read, not imported, for they run where MiniStack is installed."""
    module = ast.parse((Path(__file__).parent / "patches.py").read_text())
    assigned = {ast.unparse(each.targets[0]): each.value for each in module.body if isinstance(each, ast.Assign)}
    return [each.id for each in ast.iter_child_nodes(assigned["ALL"]) if isinstance(each, ast.Name)]
