"""What a release is built for: this machine's interpreter, or Lambda's."""

import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass

LAMBDA_PYTHON = "3.13"
# Lambda's Amazon Linux 2023 has glibc 2.34; pip wants every older tag spelt out.
GLIBC = ("manylinux_2_34", "manylinux_2_28", "manylinux_2_27", "manylinux_2_26", "manylinux_2_17", "manylinux2014")


@dataclass(frozen=True)
class Target:
    """A Python, a processor, and how to make pip and the byte compiler work for them."""

    name: str
    python: str
    architecture: str
    pip_options: tuple[str, ...]
    interpreter: str

    @property
    def runtime(self) -> str:
        """Lambda's word for the Python."""
        return f"python{self.python}"


def local() -> Target:
    """The interpreter running this: the emulator runs the Lambdas with the same one."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    arm = platform.machine() in ("aarch64", "arm64")
    return Target("local", version, "arm64" if arm else "x86_64", (), sys.executable)


def arm64() -> Target:
    """Lambda on Graviton. Byte code depends on the Python alone, so any machine's 3.13 compiles it."""
    options = [
        "--python-version",
        LAMBDA_PYTHON,
        "--implementation",
        "cp",
        "--abi",
        f"cp{LAMBDA_PYTHON.replace('.', '')}",
    ]
    options += [word for tag in GLIBC for word in ("--platform", f"{tag}_aarch64")]
    return Target("arm64", LAMBDA_PYTHON, "arm64", tuple(options), _interpreter())


def _interpreter() -> str:
    for candidate in (sys.executable, shutil.which(f"python{LAMBDA_PYTHON}")):
        if candidate and _version(candidate) == LAMBDA_PYTHON:
            return candidate
    raise SystemExit(
        f"A release for Lambda is compiled by Python {LAMBDA_PYTHON}: please install it (it was not found)."
    )


def _version(interpreter: str) -> str:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([interpreter, "-c", code], capture_output=True, text=True, check=False).stdout.strip()


TARGETS = {"local": local, "arm64": arm64}
