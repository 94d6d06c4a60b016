"""Waiting for a decision through real proxies as people set them up.

With DAAI_PROOF=full the decision takes ten minutes, and twenty wait for it behind each proxy.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from daai import DaaiClient, GovernanceStatus

from .conftest import ASK, Console

FULL = os.environ.get("DAAI_PROOF") == "full"
WAITERS = 20 if FULL else 4
POLL_SECONDS = 25 if FULL else 1
DECIDED_AFTER_POLLS = 24 if FULL else 2

NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  log_format path '$request_uri'; access_log {folder}/access.log path;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://{console}; }} }}
}}
"""
HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend people
  bind 127.0.0.1:{port}
  log stdout format raw local0
  # With the size of the answer in it, a line is written when there is an answer, and once.
  log-format "%HU %B"
  default_backend console
backend console
  server console {console}
"""
CADDY = """
{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  log
  reverse_proxy {console}
}}
"""
#: Its settings, and how it is started with a file of them. nginx alone writes its log itself.
PROXIES = {
    "nginx": (NGINX, ["nginx", "-p", "{folder}", "-c", "{settings}"]),
    "haproxy": (HAPROXY, ["haproxy", "-db", "-f", "{settings}"]),
    "caddy": (CADDY, ["caddy", "run", "--adapter", "caddyfile", "--config", "{settings}"]),
}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the proxy did not start")


@pytest.fixture(params=list(PROXIES))
def proxy(request: pytest.FixtureRequest, console: Console, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Its address, and the file that has a line for each request it answered."""
    port, behind = free_port(), urlsplit(console.base_url).netloc
    template, command = PROXIES[request.param]
    settings, access = tmp_path / "settings", tmp_path / "access.log"
    settings.write_text(template.format(folder=tmp_path, port=port, console=behind), encoding="utf-8")
    # Debian keeps some where not everyone's PATH leads; Caddy keeps files of its own at home.
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin", "HOME": str(tmp_path)}
    started = [part.format(folder=tmp_path, settings=settings) for part in command]
    with access.open("ab") as log:
        output = subprocess.DEVNULL if request.param == "nginx" else log
        process = subprocess.Popen(started, env=environment, stdout=output, stderr=output)
    try:
        until_open(port, process)
        yield f"http://127.0.0.1:{port}", access
    finally:
        process.terminate()
        process.wait()


def test_everybody_who_waits_gets_the_decision(proxy: tuple[str, Path], console: Console) -> None:
    url, access = proxy
    keys = (console.api_key, console.workspace_key, url)
    with DaaiClient(*keys, poll_seconds=POLL_SECONDS) as client, ThreadPoolExecutor(WAITERS) as pool:
        run_id = client.intercept(ASK, {"amount": 1, "at": time.time()}).action_run_id
        waiting = [pool.submit(client.wait, run_id, 3_600) for _ in range(WAITERS)]
        polls = f"/{run_id}/status?wait={POLL_SECONDS}"
        while access.read_text(encoding="utf-8").count(polls) < DECIDED_AFTER_POLLS * WAITERS:
            assert not any(one.done() for one in waiting)
            time.sleep(0.2)
        console.decide(run_id, "approve")
        statuses = [one.result() for one in waiting]
    assert {status.governance_status for status in statuses} == {GovernanceStatus.APPROVED}
