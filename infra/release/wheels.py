"""The layer of wheels in the zip: made once for a set of requirements, then reused by every build."""

import gzip
import importlib.metadata
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from infra.paths import BUILD, INFRA, ROOT, fingerprint
from infra.release import archive
from infra.release.target import Target

REQUIREMENTS, CONSTRAINTS = ROOT / "requirements.txt", INFRA / "release" / "constraints.txt"
# Chalice puts two of its own files into every zip; its wheel (command line, packager) stays out.
CHALICE = re.compile(r"^chalice\b")
SERVICES = {"dynamodb", "sqs", "apigatewaymanagementapi", "lambda", "s3", "secretsmanager", "sesv2", "sts"}
SHARED = {"endpoints.json", "partitions.json", "sdk-default-configuration.json", "_retry.json"}
UNUSED = ("tests", "docs", "examples", "bin", "include", "share")
# Pictures are jpeg, png or webp; of fonttools, what cuts fonts is Python, and what is compiled is Python besides.
UNREAD = ("**/*.pyi", "**/py.typed", "**/*.dist-info/*", "PIL/_avif*", "pillow.libs/libavif*")
UNREAD += ("fontTools/**/*.c", "fontTools/**/*.so")


def layer(target: Target) -> Path:
    """The zip of everything that is not ours, pruned and compiled for the target."""
    made_of = fingerprint(
        [REQUIREMENTS, CONSTRAINTS, *sorted((INFRA / "release").glob("*.py"))], target.name, target.python
    )
    ready = BUILD / "wheels" / f"{target.name}-{made_of}.zip"
    if not ready.exists():
        folder = ready.with_suffix("")
        shutil.rmtree(folder, ignore_errors=True)
        _install(folder, target)
        _assert_pinned(folder)
        _chalice_runtime(folder)
        _prune(folder)
        archive.compile_folder(folder, target.interpreter)
        archive.append(partial := ready.with_suffix(".partial"), folder)
        shutil.rmtree(folder)
        partial.replace(ready)
    return ready


def _install(folder: Path, target: Target) -> None:
    wanted = [line for line in REQUIREMENTS.read_text().splitlines() if not CHALICE.match(line)]
    folder.mkdir(parents=True)
    listed = folder.with_suffix(".txt")
    listed.write_text("\n".join(wanted))
    command = [sys.executable, "-m", "pip", "install", "-qq", "--only-binary", ":all:", "--no-compile"]
    command += ["--target", str(folder), *target.pip_options, "-r", str(listed), "-c", str(CONSTRAINTS)]
    subprocess.run(command, check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    listed.unlink()


def _assert_pinned(folder: Path) -> None:
    """A release must be the same tomorrow: whatever came along is named, with its version, in a file of ours."""
    named = (REQUIREMENTS.read_text() + CONSTRAINTS.read_text()).splitlines()
    pins = {_normal(line.split("==")[0]): line.partition("==")[2].strip() for line in named if "==" in line}
    found = importlib.metadata.distributions(path=[str(folder)])
    loose = sorted(f"{each.name}=={each.version}" for each in found if pins.get(_normal(each.name)) != each.version)
    if loose:
        raise SystemExit(f"Not pinned, please add to {CONSTRAINTS.relative_to(ROOT)}: {', '.join(loose)}")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _chalice_runtime(folder: Path) -> None:
    import chalice.app

    (folder / "chalice").mkdir()
    for module in (chalice, chalice.app):
        source = Path(inspect.getfile(module))
        shutil.copy(source, folder / "chalice" / source.name)


def _prune(folder: Path) -> None:
    """Leave what a Lambda reads: no tests, stubs, codecs or packaging notes it has no use for."""
    for path in [*(folder / name for name in UNUSED), *folder.rglob("tests"), *folder.rglob("__pycache__")]:
        shutil.rmtree(path, ignore_errors=True)
    unread = [each for pattern in UNREAD for each in folder.glob(pattern)]
    for path in unread:
        if path.is_file() and path.name != "METADATA":
            path.unlink()
    _prune_models(folder / "botocore" / "data")


def _prune_models(data: Path) -> None:
    """No models of services we do not call, and no prose in the others."""
    for path in data.iterdir():
        if path.is_dir() and path.name not in SERVICES:
            shutil.rmtree(path)
        elif path.is_file() and path.name not in SHARED:
            path.unlink()
    for path in data.rglob("examples-*"):
        path.unlink()
    for path in data.rglob("*.json.gz"):
        model = json.loads(gzip.decompress(path.read_bytes()))
        path.with_suffix("").write_text(json.dumps(_without_prose(model), separators=(",", ":")))
        path.unlink()


def _without_prose(model: object) -> object:
    """The key stays where prose was: of S3's own parameters botocore asks for it."""
    if isinstance(model, dict):
        prose = {k for k, v in model.items() if k == "documentation" and isinstance(v, str)}
        return {k: "" if k in prose else _without_prose(v) for k, v in model.items()}
    return [_without_prose(each) for each in model] if isinstance(model, list) else model
