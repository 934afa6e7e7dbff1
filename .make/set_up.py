"""Sets up the virtual environment that `make` works in; needs nothing but Python itself.

The first time it compiles the bindings to llama.cpp (unless a ready-made wheel is found), which
takes minutes, then installs the program from this checkout. It notes what it did inside the
environment, so that the next time it only looks. What pip and the compiler say goes into a log.
"""

import argparse
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "set-up.json"
LOG = ROOT / "build" / "set-up.log"

BINDINGS = "llama-cpp-python"
WITHOUT_PICTURES = "-DLLAVA_BUILD=OFF"  # no pictures are put to models; saves a third of the time
# GCC before 13 may leave out the set-up of AMX's tiles, because its header does not say that all of
# it is read (amxtileintrin.h); llama.cpp then dies of an illegal instruction (llama.cpp PR 26954).
WITHOUT_AMX = "-DCMAKE_C_FLAGS=-mno-amx-int8 -DCMAKE_CXX_FLAGS=-mno-amx-int8"
CACHE_WITHOUT_AMX = "large-enough-without-amx"  # below pip's own cache
COMPILE_CORE_MINUTES = 9  # measured: 4.5 minutes on 2 cores
COMPILE_JOB_BYTES = 1_000_000_000  # what the compiler takes for the largest files
OLDEST_PIP = (25, 1)  # the first that installs dependency groups

PROGRESS = re.compile(r"\[\s*(\d+%|\d+/\d+)\]")
CAUSE = re.compile(r"^\s*ERROR: |^\s*\w*(Error|Exception): |\berror: |^\s*CMake Error")
PIP_ITSELF = re.compile(r"error: (subprocess-exited-with-error|metadata-generation-failed)")
HINTS = (
    ("No space left on device", "The disk is full; about 2 GB are needed in all."),
    ("Killed", "The memory did not suffice: try CMAKE_BUILD_PARALLEL_LEVEL=1 make ..."),
    (
        "name resolution|Connection refused|Network is unreachable|ConnectTimeout|ProxyError",
        "The package index cannot be reached. Behind a proxy, set HTTPS_PROXY and try again.",
    ),
)
MOST_CAUSE_LINES = 6
LONGEST_CAUSE_LINE = 300
NO_COMPILER = """\
There is no C++ compiler, and the bindings to llama.cpp must be compiled.
  Debian, Ubuntu:  sudo apt-get install -y g++ make
  Fedora:          sudo dnf install -y gcc-c++ make
  macOS:           xcode-select --install
README.md tells how to install without a compiler."""
LOOK_PERIOD_S = 0.5
LOG_TAIL_BYTES = 4000
REPORT_PERIOD_S = 60  # where there is no terminal to rewrite a line on

now_s = time.monotonic  # noqa: TID251 - runs before the program and its clock can be imported


class SetUpError(Exception):
    """Something that the user must see to; its text says what."""


def main() -> int:
    """Set up what is missing; return the exit code."""
    parser = argparse.ArgumentParser(description="Sets up .venv for this checkout.")
    parser.add_argument("--group", action="append", default=[], help="a dependency group as well")
    began_s = now_s()
    try:
        if set_up(parser.parse_args().group):
            print(f"Set up in {duration(now_s() - began_s)}.")
    except SetUpError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; the same command goes on from here.", file=sys.stderr)
        return 130
    return 0


def set_up(groups: Sequence[str]) -> bool:
    """Bring the environment up to date; return whether there was anything to do."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {name: fingerprint(project, name) for name in ("", *groups)}
    is_usable = venv_is_usable()
    done = read_stamp() if is_usable else {}
    if all(done.get(name) == mark for name, mark in wanted.items()):
        return False
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_bytes(b"")
    if not is_usable:
        make_venv()
    upgrade_pip()
    install_bindings(project["project"]["dependencies"])
    install_program(groups)
    STAMP.write_text(json.dumps({**done, **wanted}), encoding="utf-8")
    return True


def fingerprint(project: Mapping[str, Any], group: str) -> str:
    """Return a mark that changes when the program (no group) or that group needs installing."""
    if group:
        parts = project["dependency-groups"][group]
    else:
        parts = [project["build-system"], project["project"], project["tool"]["hatch"]]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def read_stamp() -> dict[str, str]:
    """Return the marks of what was installed before."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def venv_is_usable() -> bool:
    """Return whether the environment runs, and was made at this very place.

    Moving one breaks its scripts, whose first lines hold the path, and a system upgrade can leave
    it without its Python or its packages. Who names a Python wants that one.
    """
    wanted = sys.version_info[:2] if os.environ.get("PYTHON") else ()
    code = f"import pip, sys; sys.exit(sys.version_info[:2] != ({wanted} or sys.version_info[:2]))"
    try:
        subprocess.run([PYTHON, "-I", "-c", code], check=True, capture_output=True)
        head = (VENV / "bin" / "pip").read_text(encoding="utf-8", errors="replace")[:1000]
    except (OSError, subprocess.CalledProcessError):
        return False
    return str(PYTHON) in head


def make_venv() -> None:
    """Make the environment anew."""
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Setting up .venv with Python {version} ({sys.executable}) ...")
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    run([sys.executable, "-m", "venv", str(VENV)])


def upgrade_pip() -> None:
    """See to it that pip knows dependency groups."""
    code = "import pip; print(pip.__version__)"
    version = subprocess.run(
        [PYTHON, "-I", "-c", code], capture_output=True, text=True, check=True
    ).stdout
    if tuple(int(part) for part in version.strip().split(".")[:2] if part.isdigit()) < OLDEST_PIP:
        run(pip_install("--upgrade", "pip>=" + ".".join(map(str, OLDEST_PIP))))


def install_bindings(requirements: Sequence[str]) -> None:
    """Install the bindings to llama.cpp: a ready-made wheel if there is one, else compiled here."""
    requirement = next(name for name in requirements if name.startswith(BINDINGS))
    if is_installed(requirement):
        return
    own_arguments = os.environ.get("CMAKE_ARGS")
    if own_arguments is None:
        ready_made = pip_install("--retries=1", f"--only-binary={BINDINGS}", requirement)
        if start(ready_made).wait() == 0:
            print(f"Installed {requirement} from a ready-made wheel.")
            return
    check_compiler()
    job_count = int(os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL") or compile_job_count())
    minutes = max(1, round(COMPILE_CORE_MINUTES / job_count))
    print(f"Compiling {requirement} (llama.cpp and its bindings) for this machine, once.")
    print(f"With {job_count} job(s) at a time this takes about {minutes} minute(s),")
    print("or a few seconds if pip has kept the result of an earlier time.")
    command = pip_install("--verbose", requirement)
    arguments = WITHOUT_PICTURES
    if own_arguments is None and has_amx():
        arguments = f"{WITHOUT_PICTURES} {WITHOUT_AMX}"
        command += ["--cache-dir", str(pip_cache() / CACHE_WITHOUT_AMX)]
    if own_arguments is not None:
        print(f"CMAKE_ARGS={own_arguments}")
        command.append("--no-cache-dir")  # pip does not tell builds with other arguments apart
    run(
        command,
        CMAKE_ARGS=arguments if own_arguments is None else own_arguments,
        CMAKE_BUILD_PARALLEL_LEVEL=str(job_count),
    )


def install_program(groups: Sequence[str]) -> None:
    """Install this checkout with everything it needs."""
    tools = f" and the tools for {', '.join(groups)}" if groups else ""
    print(f"Installing what the program needs (Qt is the largest part, about 90 MB){tools} ...")
    options = [part for name in groups for part in ("--group", name)]
    run(pip_install("--editable", ".", *options))


def is_installed(requirement: str) -> bool:
    """Return whether the environment has exactly this "name==version"."""
    name, _, version = requirement.partition("==")
    code = f"import importlib.metadata as m; print(m.version({name!r}))"
    found = subprocess.run([PYTHON, "-I", "-c", code], capture_output=True, text=True, check=False)
    return found.stdout.strip() == version


def check_compiler() -> None:
    """See to it that C++ can be compiled.

    Raises:
        SetUpError: It cannot.
    """
    candidates = (os.environ.get("CXX", ""), "c++", "g++", "clang++")
    if not any(compiles(candidate) for candidate in candidates if candidate):
        raise SetUpError(NO_COMPILER)


def compiles(compiler: str) -> bool:
    """Return whether this compiler is there with its headers."""
    # On macOS a c++ is always there; without Apple's tools, starting it opens a dialog.
    checks: list[list[str]] = [["xcode-select", "-p"]] if sys.platform == "darwin" else []
    checks.append([*compiler.split(), "-x", "c++", "-fsyntax-only", "-"])
    source = b"#include <vector>\n#include <thread>\n"
    try:
        for command in checks:
            subprocess.run(command, input=source, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def has_amx(cpu_facts: Path = Path("/proc/cpuinfo")) -> bool:
    """Return whether the processor has matrix tiles (Intel servers from 2023 on)."""
    try:
        return "amx_int8" in cpu_facts.read_text(encoding="utf-8", errors="replace").split()
    except OSError:  # another system: Macs have none, and nobody compiles on Windows with this
        return False


def pip_cache() -> Path:
    """Return where pip keeps what it has built."""
    command = [str(PYTHON), "-I", "-m", "pip", "cache", "dir"]
    run_of_pip = subprocess.run(command, capture_output=True, text=True, check=False)
    return Path(run_of_pip.stdout.strip() or VENV / "cache")


def compile_job_count() -> int:
    """Return how many compiler jobs this machine's cores and memory carry."""
    core_count = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        core_count = len(os.sched_getaffinity(0))
    memory_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(core_count, memory_bytes // COMPILE_JOB_BYTES))


def pip_install(*arguments: str) -> list[str]:
    """Return the command that installs into the environment."""
    return [str(PYTHON), "-m", "pip", "install", "--no-input", *arguments]


def environment(**additions: str) -> dict[str, str]:
    """Return the environment for pip, without what would lead it astray."""
    # SOURCE_DATE_EPOCH makes llama.cpp leave out AVX; the others mix in foreign packages.
    misleading = {"SOURCE_DATE_EPOCH", "PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX"}
    kept = {name: value for name, value in os.environ.items() if name not in misleading}
    return {**kept, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **additions}


def run(command: Sequence[str], **additions: str) -> None:
    """Run a command with its output in the log, and show how far it is.

    Raises:
        SetUpError: It failed; the text holds the causes found in the log.
    """
    log_start = LOG.stat().st_size
    child = start(command, **additions)
    try:
        watch(child, log_start)
    except KeyboardInterrupt:
        child.wait()  # it was interrupted too
        raise
    if child.returncode != 0:
        raise SetUpError(explain(read_log(log_start)))


def start(command: Sequence[str], **additions: str) -> subprocess.Popen[bytes]:
    """Start a command with its output in the log."""
    with LOG.open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(**additions),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def watch(child: subprocess.Popen[bytes], log_start: int) -> None:
    """Show progress, which the child logs from that byte on, until it ends."""
    began_s = reported_s = now_s()
    while child.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(LOOK_PERIOD_S)
        steps = PROGRESS.findall(read_log(max(log_start, LOG.stat().st_size - LOG_TAIL_BYTES)))
        text = f"  {duration(now_s() - began_s)}" + (f", step {steps[-1]}" if steps else "")
        if sys.stdout.isatty():
            print(f"\r{text:<40}", end="", flush=True)
        elif now_s() - reported_s >= REPORT_PERIOD_S:
            reported_s = now_s()
            print(text, flush=True)
    if sys.stdout.isatty():
        print(f"\r{'':<40}\r", end="", flush=True)


def read_log(start_byte: int) -> str:
    """Return what was logged since that byte."""
    with LOG.open("rb") as log:
        log.seek(start_byte)
        return log.read().decode("utf-8", "replace")


def duration(seconds: float) -> str:
    """Return a time span in minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def explain(text: str) -> str:
    """Return the causes that a log shows, what may help, and where the log is."""
    causes = [line.strip()[:LONGEST_CAUSE_LINE] for line in text.splitlines() if CAUSE.search(line)]
    told = [line for line in dict.fromkeys(causes) if not PIP_ITSELF.search(line)]
    lines = told[-MOST_CAUSE_LINES:] or text.splitlines()[-MOST_CAUSE_LINES:]
    hints = [hint for pattern, hint in HINTS if re.search(pattern, text)]
    return "\n".join(["This failed:", *(f"  {line}" for line in lines), *hints, f"Log: {LOG}"])


if __name__ == "__main__":
    sys.exit(main())
