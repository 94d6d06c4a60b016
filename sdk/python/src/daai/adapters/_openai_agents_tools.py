"""Function tools of the OpenAI Agents SDK that run only with an answer of the console."""

from __future__ import annotations

import json
from contextlib import AsyncExitStack
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, Union

from agents import (
    FunctionTool,
    RunContextWrapper,
    Tool,
    ToolOutputFileContent,
    ToolOutputImage,
    ToolOutputText,
)
from agents.tool import maybe_invoke_function_tool_failure_error_function
from agents.tool_context import ToolContext

from .._action_exceptions import ActionAlreadyTaken, ActionNotRun
from .._execution import AsyncExecution
from .._models import Run
from ._gate import Refused, Waiting, with_change
from ._jsonable import jsonable

Answer = Union[AsyncExecution, Waiting, Refused]
Place = tuple[str, str]
"""The name of the tool and the id of the call."""

current_answers: ContextVar[dict[Place, Answer]] = ContextVar("daai_answers")
"""What the console said about the calls that the framework is about to make."""


def governed_tool(tool: Tool) -> FunctionTool:
    """The same tool. Each call of it interrupts the agent, and then needs an answer to run."""
    if not isinstance(tool, FunctionTool) or tool._is_agent_tool:
        raise TypeError(f"only function tools can be governed; name {tool.name!r} in ungoverned")
    if tool.needs_approval is not False:
        raise ValueError(f"{tool.name!r} can't need an approval of its own: the console's is the one")
    if getattr(tool, "output_json_schema", None) is not None:
        raise ValueError(f"{tool.name!r} can't have an output schema: a refusal doesn't fit it")

    async def invoke(context: ToolContext[Any], _arguments: str) -> Any:
        return await _invoke(tool, context)

    return replace(tool, on_invoke_tool=invoke, needs_approval=True)


async def _invoke(tool: FunctionTool, context: ToolContext[Any]) -> Any:
    answer = current_answers.get({}).pop((tool.name, context.tool_call_id), None)
    if answer is None:
        raise RuntimeError(f"{tool.name!r} is governed: run its agent with DaaiRunner.run or resume")
    if isinstance(answer, Waiting):
        raise ActionNotRun(answer.run)
    if isinstance(answer, Refused):
        return answer.explanation
    if answer._keeper.done():
        # Its claim was lost before it began.
        raise ActionAlreadyTaken(answer.run)
    arguments = json.dumps(answer.payload)
    if answer.run.payload_changed:
        context.tool_arguments = arguments
    failures: list[Exception] = []

    async def tell(context: RunContextWrapper[Any], error: Exception) -> Any:
        text = await maybe_invoke_function_tool_failure_error_function(
            function_tool=tool, context=context, error=error
        )
        if text is not None:
            failures.append(error)
        return text

    # What a tool raises is a text for the model when it returns, which isn't to be reported as a result.
    watched = replace(tool, _failure_error_function=tell, _use_default_failure_error_function=False)
    result: Any = None
    try:
        async with AsyncExitStack() as held:
            held.push_async_exit(answer)
            result = await watched.on_invoke_tool(context, arguments)
            if failures:
                raise failures[0]
            answer.result = jsonable(result)
    except Exception as error:
        if error not in failures:
            raise
    return _with_change(result, answer.run)


def _with_change(result: Any, run: Run) -> Any:
    """The same with who changed what in front."""
    if run.change_explanation is None:
        return result
    outputs = result if isinstance(result, (list, tuple)) else [result]
    if all(map(_is_structured, outputs)):
        return [ToolOutputText(text=run.change_explanation), *outputs]
    return with_change(run, str(result))


def _is_structured(output: Any) -> bool:
    """Whether the framework passes it to a model as it is, and not as a text."""
    kind = output.get("type") if isinstance(output, dict) else None
    return kind in ("text", "image", "file") or isinstance(
        output, (ToolOutputText, ToolOutputImage, ToolOutputFileContent)
    )
