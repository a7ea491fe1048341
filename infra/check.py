"""`make check`: every gate in turn, each named and timed; the whole list even if one fails."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from infra.build import BuildFailed, Release, build
from infra.paths import LOCAL, ROOT, TEMPLATES, fingerprint
from infra.release import target

BIN = Path(sys.executable).parent
SCRIPTS = ("frontend/js", "infra/**/*.{js,json}", "tests/**/*.{js,mjs}", "*.js", "*.json")
Gate = Callable[[], str | None]


def command(*words: str) -> Gate:
    """A gate that is a program's exit code."""

    def gate() -> str | None:
        done = subprocess.run(
            words, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"}
        )
        return f"{done.stdout}{done.stderr}".strip() or "it failed" if done.returncode else None

    return gate


def templates() -> str | None:
    """The templates as they are made for this machine, which differ from production's in the runtime's name."""
    try:
        return lint_templates(build(target.local(), quiet=True))
    except (BuildFailed, ValueError) as failure:
        return str(failure)


def lint_templates(release: Release) -> str | None:
    """What cfn-lint says of a release's templates and of those kept beside them."""
    others = [path for path in sorted(TEMPLATES.glob("*.yaml")) if path.name != "data.yaml"]
    linter = [str(BIN / "cfn-lint"), "--config-file", str(ROOT / "infra" / "cfnlintrc")]
    return command(*linter, *map(str, [release.app, release.data, *others]))()


def node_modules() -> str | None:
    """The pinned linters, installed when package-lock.json changes."""
    seal, made_of = LOCAL / "node_modules.seal", fingerprint([ROOT / "package-lock.json"])
    if (ROOT / "node_modules").exists() and seal.exists() and seal.read_text() == made_of:
        return None
    failed = command("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")()
    if failed is None:
        LOCAL.mkdir(exist_ok=True)
        seal.write_text(made_of)
    return failed


def tree() -> str:
    """What git sees as changed."""
    return subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout


def gates() -> dict[str, Gate]:
    """In the order in which a person would rather hear of them."""
    before = tree()
    listed: dict[str, Gate] = {
        "lint": command(str(BIN / "ruff"), "check", "."),
        "format": command(str(BIN / "ruff"), "format", "--check", "."),
        "types": command(str(BIN / "mypy")),
        "architecture": command(sys.executable, "-m", "pytest", "-q", "tests/test_architecture.py"),
        "templates": templates,
    }
    if shutil.which("node") and shutil.which("npm"):
        bin_ = ROOT / "node_modules" / ".bin"
        listed["node packages"] = node_modules
        listed["script format"] = command(str(bin_ / "prettier"), "--check", *SCRIPTS)
        listed["script lint"] = command(str(bin_ / "eslint"), ".")
    listed["clean tree"] = lambda: None if tree() == before else f"the checks changed files:\n{tree()}"
    return listed


def main() -> None:
    """Run them all."""
    failed = []
    for name, gate in gates().items():
        began = time.perf_counter()
        complaint = gate()
        print(f"{'FAILED' if complaint else 'ok':7}{name} ({time.perf_counter() - began:.1f} s)", flush=True)
        if complaint:
            failed.append(name)
            print(complaint, flush=True)
    if not shutil.which("node"):
        print("skipped script format and lint: Node is not installed")
    if failed:
        raise SystemExit(f"Not yet: {', '.join(failed)}")


if __name__ == "__main__":
    main()
