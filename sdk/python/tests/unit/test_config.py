from __future__ import annotations

import math

import httpx
import pytest
from scripted import API_KEY, WORKSPACE_KEY, answer, run_status

from daai import AsyncDaaiClient, DaaiClient, DaaiConfigError


@pytest.mark.parametrize("make", [DaaiClient, AsyncDaaiClient])
def test_settings_come_from_the_environment(
    make: type[DaaiClient] | type[AsyncDaaiClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAAI_API_KEY", API_KEY + "\n")
    monkeypatch.setenv("DAAI_WORKSPACE_KEY", WORKSPACE_KEY)
    client = make()
    assert client._config.api_key == API_KEY
    assert client._config.base_url == "http://localhost:3000/api"
    monkeypatch.setenv("DAAI_BASE_URL", "https://console.example/api/")
    assert make()._config.base_url == "https://console.example/api"
    assert make(base_url="http://given")._config.base_url == "http://given"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"api_key": ""}, "no api_key: pass api_key=... or set DAAI_API_KEY"),
        ({"workspace_key": None}, "no workspace_key"),
        ({"api_key": "daai_sk_ü"}, "the api_key contains characters"),
        ({"api_key": "daai sk"}, "the api_key contains characters"),
        ({"base_url": "localhost:3000"}, "base_url must look like"),
        ({"base_url": "ftp://x"}, "base_url must look like"),
        ({"base_url": "http://"}, "base_url must look like"),
        ({"base_url": "http://x/api?y=1"}, "base_url must look like"),
        ({"base_url": "http://x:99999"}, "base_url must look like"),
        ({"base_url": "http://ann:daai_sk_1@x/api"}, "base_url must look like"),
        ({"base_url": "ann:daai_sk_1@x/api"}, "base_url must look like"),
        ({"timeout_seconds": 0}, "timeout_seconds"),
        ({"timeout_seconds": math.nan}, "timeout_seconds"),
        ({"timeout_seconds": math.inf}, "at most 86,400"),
        ({"timeout_seconds": 86_401}, "at most 86,400"),
    ],
    ids=str,
)
def test_unusable_settings_are_refused_without_showing_a_key(arguments: dict[str, str], message: str) -> None:
    settings: dict[str, str] = {"api_key": API_KEY, "workspace_key": WORKSPACE_KEY, "base_url": "http://x"}
    with pytest.raises(DaaiConfigError, match=message) as caught:
        DaaiClient(**{**settings, **arguments})  # type: ignore[arg-type]
    assert "daai_sk_" not in str(caught.value)


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("http://x/api", "http://x/api/v1/sdk/action-runs/a%2Fb/status"),
        ("http://x/api/", "http://x/api/v1/sdk/action-runs/a%2Fb/status"),
        ("http://x", "http://x/v1/sdk/action-runs/a%2Fb/status"),
        ("http://x/", "http://x/v1/sdk/action-runs/a%2Fb/status"),
    ],
)
def test_base_urls_with_and_without_api(base: str, url: str) -> None:
    seen: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return answer(**run_status(action_run_id="a/b"))

    http = httpx.Client(transport=httpx.MockTransport(handle))
    DaaiClient(API_KEY, WORKSPACE_KEY, base, http_client=http).status("a/b")
    assert seen == [url]


def test_only_an_http_client_of_its_own_is_closed() -> None:
    given = httpx.Client()
    with DaaiClient(API_KEY, WORKSPACE_KEY, http_client=given):
        pass
    assert not given.is_closed
    given.close()
    with DaaiClient(API_KEY, WORKSPACE_KEY) as client:
        pass
    assert client._connections.get().is_closed
