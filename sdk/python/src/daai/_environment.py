"""The environment's proxy and certificate settings, for errors that name the variable."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import httpx

from ._exceptions import DaaiConfigError


def settings_error(error: Exception) -> DaaiConfigError:
    """Why no HTTP client can be created. httpx doesn't say which variable is wrong."""
    for name, value in _given("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        problem = _problem_of(partial(_use_proxy, value))
        if problem is not None:
            return DaaiConfigError(f"the proxy in {name} can't be used: {_reason(problem)}")
    for name, value in _given("SSL_CERT_FILE", "SSL_CERT_DIR"):
        is_file = name.upper() == "SSL_CERT_FILE"
        if not (Path(value).is_file() if is_file else Path(value).is_dir()):
            return DaaiConfigError(f"the certificates in {name} don't exist: {value}")
        problem = _problem_of(partial(ssl.create_default_context, cafile=value)) if is_file else None
        if problem is not None:
            return DaaiConfigError(f"the certificates in {name} can't be read: {problem}")
    for name, _ in _given("NO_PROXY"):
        return DaaiConfigError(f"{name} can't be used: {error}. List hosts, not networks such as fd00::/8")
    return DaaiConfigError(f"no connection can be created: {error}")


def proxy_variable(url: str) -> str | None:
    """The variable that names the proxy for this address, if one does."""
    parts = urlsplit(url)
    if proxy_bypass(parts.netloc):
        return None
    for variable in (f"{parts.scheme}_proxy", "all_proxy"):
        for name, _ in _given(variable):
            return name
    return None


def _given(*variables: str) -> Iterator[tuple[str, str]]:
    for variable in variables:
        # The lower-case name wins, as it does for httpx.
        for name in (variable.lower(), variable.upper()):
            if os.environ.get(name):
                yield name, os.environ[name]
                break


def _use_proxy(url: str) -> None:
    httpx.HTTPTransport(proxy=httpx.Proxy(url if "://" in url else f"http://{url}"), trust_env=False).close()


def _problem_of(make: Callable[[], object]) -> Exception | None:
    try:
        make()
    except Exception as problem:
        return problem
    return None


def _reason(problem: Exception) -> str:
    if isinstance(problem, ImportError):
        return "for a SOCKS proxy, pip install 'httpx[socks]'"
    return str(problem)
