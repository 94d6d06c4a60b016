"""FastMCP: a call of a server's tool that waits is answered, and let through when it's made again."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Any

from fastmcp.exceptions import ToolError
from fastmcp.server.dependencies import get_access_token
from fastmcp.server.middleware import CallNext, Middleware, MiddlewareContext
from fastmcp.tools import ToolResult
from mcp.types import TextContent

from .._action_exceptions import ExecutionNotReported
from .._exceptions import DaaiError, LogTampered
from .._execution import AsyncExecution
from .._models import Run
from .._proposal import DEFAULT_LEASE_SECONDS
from ._gate import Client, Governing, Refused, ToolCall, ToolFailed, Waiting, logger, release, with_change
from ._open_calls import OpenCall, OpenCalls, call_again, explain_problem, fingerprint
from ._pauses import Pauses

if TYPE_CHECKING:
    from mcp.types import CallToolRequestParams

    Call = MiddlewareContext[CallToolRequestParams]
    Next = CallNext[CallToolRequestParams, ToolResult]

__all__ = ["DaaiMiddleware"]


class DaaiMiddleware(Middleware):
    """Has every call of a server's tool decided before it runs.

    A tool's action has the tool's name, unless `actions` says another; tools in `ungoverned` aren't asked
    about. A call that a person has to decide waits up to `wait_seconds`. Then the client reads to call
    again later, and `pauses` stores which run it has. Add it last, so that nothing changes a call after it.
    """

    def __init__(
        self,
        client: Client,
        pauses: Pauses,
        *,
        actions: Mapping[str, str] | None = None,
        ungoverned: Collection[str] = (),
        wait_seconds: float = 45,
        lease_seconds: int = DEFAULT_LEASE_SECONDS,
    ) -> None:
        self._governing = Governing(client, actions or {}, ungoverned, lease_seconds, wait_seconds)
        self._open_calls = OpenCalls(pauses)

    async def on_call_tool(self, context: Call, call_next: Next) -> ToolResult:
        tool = context.message.name
        action = self._governing.action_of(tool)
        if action is None:
            return await call_next(context)
        server = await _server(context)
        arguments = context.message.arguments or {}
        client, actor = _caller()
        call = fingerprint("fastmcp", server, client, actor, tool, action, arguments)
        open_call = await asyncio.to_thread(self._open_calls.take, call)
        asked = ToolCall(action, arguments, "fastmcp", f"{server}/{tool}", open_call.id, actor)
        try:
            return await self._decided(asked, open_call, context, call_next)
        except DaaiError as problem:
            logger.warning("a call of %s: %s", tool, problem)
            raise ToolError(explain_problem(problem)) from problem
        finally:
            open_call.leave()

    async def _decided(
        self, asked: ToolCall, open_call: OpenCall, context: Call, call_next: Next
    ) -> ToolResult:
        answer = await self._governing.ask_async(asked)
        tool = context.message.name
        if isinstance(answer, Waiting):
            await asyncio.to_thread(open_call.wait, answer.run.action_run_id, tool)
            raise ToolError(call_again(tool, answer))
        if isinstance(answer, Refused):
            await asyncio.to_thread(open_call.close)
            raise ToolError(answer.explanation)
        await asyncio.to_thread(open_call.send)
        try:
            result = await _run(answer, context, call_next)
        except Exception as error:
            if not _timed_out(error):
                await asyncio.to_thread(open_call.close)
            if not answer.run.payload_changed:
                raise
            raise ToolError(with_change(answer.run, str(error))) from error
        if not _asks_back(result):
            await asyncio.to_thread(open_call.close)
        return _with_change(result, answer.run)


async def _server(context: Call) -> str:
    """The server's name. Raises for tools that can't be governed."""
    assert context.fastmcp_context is not None  # noqa: S101 - a call of a tool always has one
    server = context.fastmcp_context.fastmcp
    tool = await server.get_tool(context.message.name)
    if tool is not None and tool.task_config.mode != "forbidden":
        raise ToolError(f"{tool.name!r} can run as a background task, so it can't be governed. Not executed.")
    return server.name


def _caller() -> tuple[str | None, str | None]:
    """The client and its user, as they signed in: nobody takes over what another one waits for."""
    token = get_access_token()
    if token is None:
        return None, None
    subject = token.claims.get("sub")
    return token.client_id, str(subject or token.client_id)[:200]


async def _run(answer: AsyncExecution, context: Call, call_next: Next) -> ToolResult:
    await answer.__aenter__()
    message = context.message.model_copy(update={"arguments": answer.payload})
    with suppress(ToolFailed):
        try:
            async with AsyncExitStack() as held:
                held.push_async_exit(answer)
                try:
                    result = await call_next(context.copy(message=message))
                except Exception as error:
                    if _timed_out(error):
                        held.pop_all()
                        # Not an Exception, which would be reported as a failure.
                        await answer.__aexit__(asyncio.CancelledError, asyncio.CancelledError(), None)
                    raise
                if _asks_back(result):
                    held.pop_all()
                    await release(answer)
                    return result
                if getattr(result, "is_error", False):
                    raise ToolFailed(_reported(result))
                answer.result = _reported(result)
        except (ExecutionNotReported, LogTampered) as problem:
            # It has run: the client has its result all the same.
            logger.warning("%s", problem)
    return result


def _timed_out(error: Exception) -> bool:
    """The tool had a timeout: it may have run, and if it's in a thread, it still does."""
    return "execution timed out after" in str(error.__cause__)


def _asks_back(result: ToolResult) -> bool:
    """The tool wants to know more: the client answers with the same call, for which it begins again."""
    return getattr(result, "input_required", None) is not None


def _reported(result: ToolResult) -> Any:
    if result.structured_content is not None:
        return result.structured_content
    content = [block.model_dump(mode="json", exclude_none=True) for block in result.content]
    is_text = len(content) == 1 and content[0]["type"] == "text"
    return content[0]["text"] if is_text else content


def _with_change(result: ToolResult, run: Run) -> ToolResult:
    """The same with who changed what in front."""
    if not run.payload_changed or _asks_back(result):
        return result
    told = TextContent(type="text", text=with_change(run, ""))
    is_error = {"is_error": True} if getattr(result, "is_error", False) else {}
    return ToolResult([told, *result.content], result.structured_content, result.meta, **is_error)
