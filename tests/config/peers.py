"""The demo peers as processes of their own, and how to ask them."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

KEY = {"X-Api-Key": "demo"}
MOTCUA = str(Path(sys.executable).with_name("motcua"))


def start(command: str, port: int, folder: Path, **more: str) -> "subprocess.Popen[str]":
    """A `motcua` command that serves; returns when it answers."""
    environment = os.environ | {"MOTCUA_RUN_DIR": str(folder), "MOTCUA_LOCAL": "1"} | more
    process = subprocess.Popen([MOTCUA, command], env=environment, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return process
        except OSError:
            time.sleep(0.05)
    return process


def ask(url: str, content: Any = None, **headers: str) -> dict[str, Any]:
    """GET, or POST where there is content; what it answers."""
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(url, data, headers)
    with urllib.request.urlopen(request, timeout=10) as response:
        answer: dict[str, Any] = json.load(response)
    return answer
