"""The emulator's own environment: it pins other versions than ours, so it lives apart."""

import subprocess
import sys
import venv
from pathlib import Path

from infra.paths import INFRA, LOCAL, fingerprint
from infra.stacks import Say

REQUIREMENTS = INFRA / "local" / "emulator" / "requirements.txt"


def emulator_python(say: Say = print) -> Path:
    """The interpreter of .local/ministack-venv, of the same Python as ours: Lambdas will run in it."""
    folder = LOCAL / "ministack-venv"
    python, seal = folder / "bin" / "python", folder / "made-of"
    made_of = fingerprint([REQUIREMENTS], sys.version)
    if not (python.exists() and seal.exists() and seal.read_text() == made_of):
        say("  downloading MiniStack, the local AWS (once, about 60 MB)")
        venv.create(folder, clear=True, with_pip=True)
        command = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
        subprocess.run(command, check=True)
        seal.write_text(made_of)
    return python
