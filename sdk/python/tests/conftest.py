import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

REAL_CONSOLE = (
    "DAAI_TEST_BASE_URL",
    "DAAI_TEST_API_KEY",
    "DAAI_TEST_WORKSPACE_KEY",
    "DAAI_TEST_WORKSPACE_ID",
    "DAAI_TEST_OWNER_EMAIL",
    "DAAI_TEST_ADMIN",
)

# The integration tests talk to a running console; without one they do not exist.
collect_ignore = [] if all(os.environ.get(name) for name in REAL_CONSOLE) else ["integration"]
# A copy of this folder alone doesn't have the cases that all SDKs share.
if not (Path(__file__).parents[2] / "conformance").is_dir():
    collect_ignore += ["conformance", "integration/test_conformance.py"]


# A busy machine is no reason to fail, and nothing is left in the tree.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "daai-hypothesis")
settings.register_profile("daai", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("daai")


PROXY_SETTINGS = [
    name for name in os.environ if name.upper() in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have a console of their own configured."""
    for name in ("DAAI_API_KEY", "DAAI_WORKSPACE_KEY", "DAAI_BASE_URL", *PROXY_SETTINGS):
        monkeypatch.delenv(name, raising=False)
