"""The release build: `python -m infra.build [--target local|arm64]` makes one zip and two templates."""

import argparse
import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from infra.paths import BUILD, INFRA, ROOT, TEMPLATES, fingerprint, sources
from infra.release import archive, edge, template, wheels
from infra.release.target import TARGETS, Target

CODE = ("app.py", "functions", "chalicelib")
DECLARED = ("app.py", "functions", ".chalice", "infra/site")  # all that the template is made of, besides templates/app
KEPT = 3  # zips, for whoever still deploys the one before
LIMIT = 50 * 1024 * 1024  # Lambda's limit for a zip


@dataclass(frozen=True)
class Release:
    """A finished build: the zip, the templates of its two stacks, and the name made of their contents."""

    name: str
    zip: Path
    app: Path
    data: Path


def build(target: Target, quiet: bool = False) -> Release:
    """Everything the place needs; what did not change since the last build is taken from it."""
    out = BUILD / target.name
    out.mkdir(parents=True, exist_ok=True)
    with (out / "lock").open("w") as lock:  # a test session may build beside a running stack
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _build(target, out, quiet)


def build_code(target: Target) -> Path:
    """Only the zip: what an edit needs to be tried, while the template is still being made."""
    out = BUILD / target.name
    with (out / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _code(wheels.layer(target), target, out)


def _build(target: Target, out: Path, quiet: bool) -> Release:
    layer = wheels.layer(target)
    code = _code(layer, target, out)
    app = _app_template(target, out)
    data = out / "data.json"
    data.write_text(json.dumps(template.read(TEMPLATES / "data.yaml"), indent=1))
    release = Release(fingerprint([code, app, data]), code, app, data)
    _assert_whole(release)
    if not quiet:
        size = code.stat().st_size / 1e6
        print(f"release {release.name} for {target.name}, {target.runtime}: {code.relative_to(ROOT)} {size:.1f} MB")
    return release


def _code(layer: Path, target: Target, out: Path) -> Path:
    """The wheels' zip with our code appended: a code edit costs a copy and a few files."""
    made_of = fingerprint(sources(*CODE), layer.name)
    ready = out / f"code-{made_of}.zip"
    if not ready.exists():
        stage = out / "stage"
        shutil.rmtree(stage, ignore_errors=True)
        for path in sources(*CODE):
            copied = stage / path.relative_to(ROOT)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copied)
        archive.compile_folder(stage, target.interpreter)
        shutil.copy(layer, partial := out / "code.partial")
        archive.append(partial, stage)
        partial.replace(ready)
        for old in sorted(out.glob("code-*.zip"), key=lambda each: each.stat().st_mtime)[:-KEPT]:
            old.unlink()
    return ready


def _app_template(target: Target, out: Path) -> Path:
    """Chalice's own template with infra/templates/app laid over it, for the target's runtime."""
    parts = sorted((TEMPLATES / "app").glob("*.yaml"))
    made_of = fingerprint([*sources(*DECLARED), *parts, *INFRA.glob("release/*.py")], target.runtime)
    ready, seal = out / "app.json", out / "app.seal"
    if not (ready.exists() and seal.exists() and seal.read_text() == made_of):
        whole = template.assemble(_generated(out), parts)
        for resource in whole["Resources"].values():
            if resource["Type"] == "AWS::Serverless::Function":
                place = {"Bucket": {"Ref": "ArtifactBucket"}, "Key": {"Ref": "ArtifactKey"}}
                resource["Properties"] |= {
                    "Runtime": target.runtime,
                    "Architectures": [target.architecture],
                    "CodeUri": place,
                }
        ready.write_text(json.dumps(edge.with_functions(whole), indent=1))
        seal.write_text(made_of)
    return ready


def _generated(out: Path) -> template.Template:
    """What Chalice makes of the decorators; its own packaging is kept out of it by an empty requirements list."""
    stage = out / "chalice"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    kept_out = shutil.ignore_patterns("__pycache__", "deployments")
    for name in (*CODE, ".chalice"):
        source = ROOT / name
        shutil.copytree(source, stage / name, ignore=kept_out) if source.is_dir() else shutil.copy(source, stage / name)
    (stage / "vendor").mkdir()
    (stage / "vendor" / "functions").symlink_to("../functions")
    (stage / "requirements.txt").touch()
    chalice = Path(sys.executable).with_name("chalice")
    command = [str(chalice), "--project-dir", str(stage), "package", "--stage", "release", str(stage / "out")]
    region = {"AWS_DEFAULT_REGION": os.environ.get("AWS_DEFAULT_REGION", "ap-south-1"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env={**os.environ, **region}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildFailed(done.stderr.strip() or done.stdout.strip())
    return json.loads((stage / "out" / "sam.json").read_text())


class BuildFailed(Exception):
    """The code as it stands cannot be packaged; the words say why."""


def _assert_whole(release: Release) -> None:
    """Chalice leaves things out without a word: look for each handler, each of our files, and what must not be in."""
    with zipfile.ZipFile(release.zip) as zipped:
        names = set(zipped.namelist())
    ours = {path.relative_to(ROOT).as_posix() for path in sources(*CODE)}
    handlers = {
        resource["Properties"]["Handler"].rpartition(".")[0].replace(".", "/")
        for resource in json.loads(release.app.read_text())["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    wanted = ours | {f"{handler}.py" for handler in handlers} | {"chalice/app.py"}
    if missing := sorted(wanted - names):
        raise BuildFailed(f"not in the zip: {', '.join(missing)}")
    strangers = [
        n for n in names if n.split("/")[0] in ("moto", "pytest", "boto3", "infra", "tests", "frontend", "pip")
    ]
    if strangers:
        raise BuildFailed(f"in the zip but not of it: {', '.join(sorted(strangers)[:5])}")
    if release.zip.stat().st_size > LIMIT:
        raise BuildFailed(f"the zip is larger than Lambda takes ({LIMIT // 1024 // 1024} MB)")


def main() -> None:
    """Build for a target and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m infra.build", description=__doc__)
    parser.add_argument("--target", choices=sorted(TARGETS), default="arm64")
    began = time.perf_counter()
    try:
        build(TARGETS[parser.parse_args().target]())
    except (BuildFailed, ValueError) as failure:
        raise SystemExit(f"The release cannot be built: {failure}") from None
    print(f"in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
