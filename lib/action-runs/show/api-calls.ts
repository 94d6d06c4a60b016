import type { RunStory } from "./get-run-story";

export interface ApiCall {
  readonly title: string;
  /** A line of a shell command. Keys are placeholders, because the console doesn't store them. */
  readonly code: string;
}

/** Returns the API calls that created this run and that continue it, as shell commands. */
export function apiCalls(run: RunStory, apiUrl: string): ApiCall[] {
  const path = `${apiUrl}/v1/sdk/action-runs/${run.id}`;
  const mayRun = run.executionStatus !== "not_executed";
  return [
    ...(run.payloadText === null
      ? []
      : [{ title: "Propose it", code: curl(`${apiUrl}/v1/sdk/intercept`, proposalText(run, run.payloadText)) }]),
    { title: "Read its status and wait for a decision", code: curl(`${path}/status?wait=30`) },
    ...(mayRun
      ? [
          { title: "Claim it before executing", code: curl(`${path}/claim`, '{"worker": "worker-1", "lease_seconds": 60}') },
          {
            title: "Report that it was executed",
            code: curl(`${path}/report-executed`, '{"claim_token": "CLAIM_TOKEN", "execution_result": {"ok": true}}'),
          },
          {
            title: "Report that it failed",
            code: curl(`${path}/report-failed`, '{"claim_token": "CLAIM_TOKEN", "execution_error": "What went wrong"}'),
          },
        ]
      : []),
  ];
}

/** Contains the payload as received. */
function proposalText({ actionName, idempotencyKey, payload, actor, reasoning }: RunStory, payloadText: string): string {
  const inside = (payload ?? {}) as Record<string, unknown>;
  const members = [
    ["action", JSON.stringify(actionName)],
    ["payload", visibleJson(payloadText)],
    ["idempotency_key", idempotencyKey === null ? null : JSON.stringify(idempotencyKey)],
    ["actor", actor === null || inside.actor === actor ? null : JSON.stringify(actor)],
    ["reasoning", reasoning === null || inside.reasoning === reasoning ? null : JSON.stringify(reasoning)],
  ];
  return `{${members
    .filter(([, text]) => text !== null)
    .map(([name, text]) => `"${name}": ${text}`)
    .join(",\n  ")}}`;
}

/** Escapes invisible characters in JSON, where they can only occur inside strings. */
function visibleJson(text: string): string {
  return text.replace(/[\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function curl(url: string, body?: string): string {
  const lines = [
    `curl${body === undefined ? "" : " -X POST"} '${url}'`,
    "-H 'Authorization: Bearer YOUR_API_KEY'",
    "-H 'X-DAAI-Workspace-Key: YOUR_WORKSPACE_KEY'",
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${shellText(body)}`]),
  ];
  return lines.join(" \\\n  ");
}

/** Quotes a text as one word of the shell. */
export function shellText(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
