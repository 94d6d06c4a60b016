import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";
import { ApprovalTimeout, type DaaiClient, DaaiError, type Run, VERSION } from "@/sdk/typescript/src/index";
import { isTransient } from "@/sdk/typescript/src/retry";

/** Below the time after which clients give up. */
const MAX_WAIT_SECONDS = 50;
const MAX_LISTED = 50;
const LEASE_SECONDS = 900;

interface Proposed {
  readonly runId: string;
  readonly action: string;
  readonly link: unknown;
  /** The model never sees it: by it, what it reports is what it claimed. */
  claimToken: string | null;
}

/** An MCP server by which a model proposes what it wants to do itself. It has no tool that decides. */
export function serveConsole(console: DaaiClient, worker: string): void {
  const proposed = new Map<string, Proposed>();
  serveStdio(() => consoleServer(console, worker, proposed));
}

export function consoleServer(console: DaaiClient, worker: string, proposed: Map<string, Proposed>): McpServer {
  const server = new McpServer(
    { name: "daai-console", title: "DAAI Console", version: VERSION },
    {
      instructions:
        "Before you do something that matters, propose it with propose_action. Do it only after begin_action said that you may, and then report it with report_outcome. People decide in the console; nothing here approves.",
    },
  );
  const runId = z.string().describe("The run_id that propose_action returned.");

  server.registerTool(
    "propose_action",
    {
      title: "Propose an action",
      description:
        "Asks whether an action may be done. Does nothing itself. The same idempotency_key with the same payload is the same run.",
      inputSchema: z.object({
        action: z.string().describe("The name of a registered action."),
        payload: z.record(z.string(), z.unknown()).describe("Exactly what you would do it with."),
        reasoning: z.string().max(2_000).optional().describe("Why, for the person who decides."),
        idempotency_key: z.string().min(1).max(256).optional().describe("Names what is to be done, such as refund:4711."),
      }),
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    ({ action, payload, reasoning, idempotency_key }) =>
      answer(async () => {
        const run = await console.intercept({
          action,
          payload,
          reasoning,
          idempotencyKey: idempotency_key,
          source: { type: "mcp", ref: "daai-mcp serve" },
        });
        const known = proposed.get(run.actionRunId);
        proposed.set(run.actionRunId, known ?? { runId: run.actionRunId, action, link: run.links["run"], claimToken: null });
        return stateOf(run, run.links["run"]);
      }),
  );

  server.registerTool(
    "wait_for_decision",
    {
      title: "Wait for a decision",
      description: "Waits until someone has decided, up to wait_seconds. Call it again if the run is still pending.",
      inputSchema: z.object({ run_id: runId, wait_seconds: z.number().int().min(0).max(MAX_WAIT_SECONDS).default(30) }),
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ run_id, wait_seconds }, { mcpReq }) =>
      answer(async () => {
        try {
          return stateOf(await console.wait(run_id, { timeoutSeconds: wait_seconds, signal: mcpReq.signal }));
        } catch (error) {
          if (error instanceof ApprovalTimeout) return stateOf(error.run);
          throw error;
        }
      }),
  );

  server.registerTool(
    "begin_action",
    {
      title: "Begin an action",
      description: `Takes the right to do it, once. Do exactly what the payload says, within ${LEASE_SECONDS / 60} minutes, and report it.`,
      inputSchema: z.object({ run_id: runId }),
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    ({ run_id }) =>
      answer(async () => {
        const { action, payload, claim } = await console.claim(run_id, { worker, leaseSeconds: LEASE_SECONDS });
        proposed.set(run_id, { runId: run_id, action, link: proposed.get(run_id)?.link, claimToken: claim.token });
        return { run_id, action, payload, report_before: claim.expiresAt };
      }),
  );

  server.registerTool(
    "report_outcome",
    {
      title: "Report an outcome",
      description: "Says what became of an action that you began: executed, or failed.",
      inputSchema: z.object({
        run_id: runId,
        outcome: z.enum(["executed", "failed"]),
        result: z.record(z.string(), z.unknown()).optional().describe("What it resulted in."),
        error: z.string().optional().describe("Why it failed."),
      }),
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    ({ run_id, outcome, result, error }) =>
      answer(async () => {
        const claimToken = proposed.get(run_id)?.claimToken ?? undefined;
        const report =
          outcome === "executed"
            ? await console.reportExecuted(run_id, result ?? {}, { claimToken })
            : await console.reportFailed(run_id, error ?? "The model reported a failure without a reason.", {
                claimToken,
                executionResult: result,
              });
        return { run_id, execution_status: report.executionStatus };
      }),
  );

  server.registerTool(
    "list_waiting",
    {
      title: "List what waits",
      description: "What you proposed in this session and isn't over: pending, or allowed and not reported.",
      inputSchema: z.object({}),
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    () =>
      answer(async () => {
        const runs = await Promise.all(
          [...proposed.values()].slice(-MAX_LISTED).map(async (one) => ({ one, run: await console.status(one.runId) })),
        );
        const waiting = runs.filter(
          ({ run }) => run.governanceStatus === "pending_approval" || run.executionStatus === "awaiting_execution_report",
        );
        return { waiting: waiting.map(({ one, run }) => ({ action: one.action, ...stateOf(run, one.link) })) };
      }),
  );
  return server;
}

function stateOf(run: Run, link?: unknown) {
  return {
    run_id: run.actionRunId,
    governance_status: run.governanceStatus,
    execution_status: run.executionStatus,
    executable: run.executable,
    explanation: run.explanation,
    ...(typeof link === "string" && { link }),
  };
}

/** What the console refuses is for the model to read. */
async function answer(ask: () => Promise<object>) {
  try {
    return { content: [{ type: "text" as const, text: JSON.stringify(await ask(), null, 2) }] };
  } catch (error) {
    if (!(error instanceof DaaiError)) throw error;
    const advice = isTransient(error) ? " Nothing may be done without the console's answer. Try again later." : "";
    return { content: [{ type: "text" as const, text: `${error.message}${advice}` }], isError: true };
  }
}
