"""Ask DAAI Console before an automation acts, and run only what was allowed or approved."""

from . import webhooks
from ._async_client import AsyncDaaiClient
from ._checkpoint_store import (
    CheckpointStore,
    InMemoryCheckpointStore,
    KeptCheckpoint,
    SQLiteCheckpointStore,
)
from ._client import DaaiClient
from ._exceptions import (
    ActionAlreadyTaken,
    ActionBlocked,
    ActionNotRun,
    ActionPending,
    ActionRejected,
    ApprovalTimeout,
    DaaiApiError,
    DaaiConfigError,
    DaaiConflictError,
    DaaiConnectionError,
    DaaiError,
    DaaiMalformedAnswerError,
    DaaiNotFoundError,
    DaaiPayloadError,
    DaaiQuotaError,
    DaaiRateLimitError,
    DaaiUnauthorizedError,
    DaaiUnavailableError,
    DaaiValidationError,
    ExecutionNotReported,
    LogTampered,
    WebhookVerificationError,
)
from ._execution import AsyncExecution, Execution
from ._models import (
    Claim,
    ClaimedRun,
    ClaimRequest,
    ClaimState,
    ExecutionReport,
    ExecutionStatus,
    GovernanceStatus,
    InterceptResult,
    RunStatus,
    Ticket,
)
from ._pending_manager import PendingActionManager
from ._pending_store import Outcome, PendingAction, PendingState, PendingStore
from ._runner import DaaiActionRunner
from ._runner_events import RunnerEvent, RunnerEventKind
from ._sqlite_store import InMemoryPendingStore, SQLitePendingStore
from ._version import __version__

__all__ = [
    "ActionAlreadyTaken",
    "ActionBlocked",
    "ActionNotRun",
    "ActionPending",
    "ActionRejected",
    "ApprovalTimeout",
    "AsyncDaaiClient",
    "AsyncExecution",
    "CheckpointStore",
    "Claim",
    "ClaimRequest",
    "ClaimState",
    "ClaimedRun",
    "DaaiActionRunner",
    "DaaiApiError",
    "DaaiClient",
    "DaaiConfigError",
    "DaaiConflictError",
    "DaaiConnectionError",
    "DaaiError",
    "DaaiMalformedAnswerError",
    "DaaiNotFoundError",
    "DaaiPayloadError",
    "DaaiQuotaError",
    "DaaiRateLimitError",
    "DaaiUnauthorizedError",
    "DaaiUnavailableError",
    "DaaiValidationError",
    "Execution",
    "ExecutionNotReported",
    "ExecutionReport",
    "ExecutionStatus",
    "GovernanceStatus",
    "InMemoryCheckpointStore",
    "InMemoryPendingStore",
    "InterceptResult",
    "KeptCheckpoint",
    "LogTampered",
    "Outcome",
    "PendingAction",
    "PendingActionManager",
    "PendingState",
    "PendingStore",
    "RunStatus",
    "RunnerEvent",
    "RunnerEventKind",
    "SQLiteCheckpointStore",
    "SQLitePendingStore",
    "Ticket",
    "WebhookVerificationError",
    "__version__",
    "webhooks",
]
