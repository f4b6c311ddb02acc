"""Finding and asking pulumi-tool-ecsnet."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

BINARY = "pulumi-tool-ecsnet"


def ask(assertion: str, state: dict[str, Any]) -> dict[str, Any]:
    """What the tool says about a state: its report, with the assertion."""
    command = [find(), "verify", "--state", "-", "--json", "--assert", assertion]
    run = subprocess.run(
        command,
        input=json.dumps(state),
        capture_output=True,
        text=True,
        check=False,
    )
    # It answers in JSON whenever it could read the state, whatever it found.
    if not run.stdout.startswith("{"):
        raise RuntimeError(f"{command[0]}: {run.stderr.strip()}")
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def find() -> str:
    """The tool that ECSNET_TOOL names, the newest that `pulumi plugin install`
    installed, or the one on PATH."""
    named = os.environ.get("ECSNET_TOOL")
    if named:
        return named
    for folder in _installed():
        found = shutil.which(BINARY, path=folder)
        if found:
            return found
    found = shutil.which(BINARY)
    if not found:
        raise RuntimeError(
            f"{BINARY} is not installed: run `pulumi plugin install tool ecsnet`, "
            "put it on PATH, or name it in the environment variable ECSNET_TOOL"
        )
    return found


def _installed() -> list[Path]:
    home = os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi"
    versions = []
    for folder in Path(home, "plugins").glob("tool-ecsnet-v*"):
        version = re.fullmatch(r"tool-ecsnet-v(\d+)\.(\d+)\.(\d+)(-.*)?", folder.name)
        # Beside a plugin lie a lock and other files of its name.
        if version and folder.is_dir():
            number = tuple(int(part) for part in version.groups()[:3])
            versions.append((number, version[4] is None, folder))
    return [folder for *_, folder in sorted(versions, reverse=True)]
