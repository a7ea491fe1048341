"""The dependency rule, checked: functions -> services -> domain <- stores, gateways; wiring joins them."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "chalicelib/domain": {"chalicelib.domain"},
    "chalicelib/services": {"chalicelib.domain", "chalicelib.services", "chalicelib.stores", "chalicelib.wiring"},
    "chalicelib/stores": {"chalicelib.domain", "chalicelib.stores", "pynamodb", "botocore", "msgspec"},
    "chalicelib/gateways": None,  # the outside: any library, but nothing of ours above the domain
    "functions": {
        "chalicelib.domain",
        "chalicelib.services",
        "chalicelib.stores",
        "chalicelib.wiring",
        "chalicelib.socket_wiring",
        "functions",
        "chalice",
        "msgspec",
        "aws_lambda_powertools",
    },
}
OURS = ("chalicelib.", "functions", "app")
GATEWAYS_MAY = ("chalicelib.domain", "chalicelib.gateways", "chalicelib.config")


def imports(source: str) -> list[str]:
    """Everything a source imports, `from a import b` as `a.b`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def strays(layer: str, source: str) -> list[str]:
    """What a file of this layer imports and may not."""
    allowed = MAY_IMPORT[layer]
    if allowed is None:
        return [name for name in imports(source) if name.startswith(OURS) and not name.startswith(GATEWAYS_MAY)]
    return [
        name
        for name in imports(source)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not any(name == ok or name.startswith(f"{ok}.") for ok in allowed)
    ]


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_no_layer_imports_what_it_may_not(layer):
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in sorted((ROOT / layer).rglob("*.py"))
        if (found := strays(layer, path.read_text()))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("layer", "planted"),
    [
        ("chalicelib/domain", "import pynamodb"),
        ("chalicelib/domain", "from chalicelib.stores import keys"),
        ("chalicelib/services", "import botocore.session"),
        ("chalicelib/stores", "from chalicelib.services import bookings"),
        ("chalicelib/gateways", "from chalicelib.services import bookings"),
        ("functions", "import boto3"),
    ],
)
def test_a_planted_violation_is_found(layer, planted):
    assert strays(layer, planted)


@pytest.mark.parametrize("word", ["datetime.now(", "random.", "secrets.", "uuid", " open(", "os.environ"])
def test_the_domain_has_no_clock_no_chance_and_no_outside(word):
    users = [path.name for path in (ROOT / "chalicelib/domain").rglob("*.py") if word in path.read_text()]
    assert users == []


def test_app_registers_blueprints_and_nothing_else():
    tree = ast.parse((ROOT / "app.py").read_text())
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def test_whatever_may_be_none_has_a_default():
    """None is not stored, so a field without a default could not be read back."""
    bare = [
        f"{path.name}: {node.target.id}"
        for path in (ROOT / "chalicelib/domain").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.AnnAssign) and node.value is None and "None" in ast.unparse(node.annotation)
    ]
    assert bare == []
