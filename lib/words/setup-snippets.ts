import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { firstRunPayload, type SampledAction } from "@/lib/domain/policy/first-run-payload";

/** A complete program: asks, waits for the decision, runs once and reports. Run again with the same key, it is the same run. */
export function pythonSnippet(action: SampledAction): string {
  return `from daai import ActionNotRun, DaaiClient


def run_it(payload):
    print("running with", payload)  # your function, your credentials
    return {"done": True}


client = DaaiClient()  # reads the three DAAI_ variables

run = client.intercept(
    action=${pythonValue(action.name, 0)},
    payload=${pythonValue(firstRunPayload(action), 1)},
    idempotency_key=${pythonValue(`${action.name}:first-run`, 0)},
)
print(run.action_run_id, run.governance_status.value)
if run.governance_status == "pending_approval":
    print("Decide here:", run.links.get("run"))

try:
    # Waits up to an hour for an approval, runs once, reports the outcome.
    with client.execution(run, wait=3600) as execution:
        execution.result = run_it(execution.payload)
    print("executed and reported")
except ActionNotRun as refused:
    print(refused)
`;
}

/** The same program, for Node. */
export function javascriptSnippet(action: SampledAction): string {
  return `import { ActionNotRun, DaaiClient } from "daai";

async function runIt(payload) {
  console.log("running with", payload); // your function, your credentials
  return { done: true };
}

const client = new DaaiClient(); // reads the three DAAI_ variables

const run = await client.intercept({
  action: ${javascriptValue(action.name, 0)},
  payload: ${javascriptValue(firstRunPayload(action), 1)},
  idempotencyKey: ${javascriptValue(`${action.name}:first-run`, 0)},
});
console.log(run.actionRunId, run.governanceStatus);
if (run.governanceStatus === "pending_approval") console.log("Decide here:", run.links.run);

try {
  // Waits up to an hour for an approval, runs once, reports the outcome.
  await client.execution(run, { waitSeconds: 3600 }, ({ payload }) => runIt(payload));
  console.log("executed and reported");
} catch (error) {
  if (!(error instanceof ActionNotRun)) throw error;
  console.log(error.message);
}
`;
}

/** The action that README and quickstart register: the first program there is the one that Setup shows for it. */
export const FIRST_ACTION: SampledAction = {
  name: "send_invoice_reminder",
  sentence: null,
  recipientField: null,
  rule: { type: "require_approval_above_amount", threshold: "500", currency: null, amountField: "amount", currencyField: "currency" },
};

const INDENT = "    ";

/** A JSON value as Python writes it. JSON's strings are Python's. */
export function pythonValue(value: JsonValue, depth: number): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => pythonValue(item, depth)).join(", ")}]`;
  return pythonDict(value, depth);
}

/** A JSON value as people write it in JavaScript. */
export function javascriptValue(value: JsonValue, depth: number): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => javascriptValue(item, depth)).join(", ")}]`;
  const nameText = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
  const lines = Object.entries(value).map(
    ([name, member]) => `${"  ".repeat(depth + 1)}${nameText(name)}: ${javascriptValue(member, depth + 1)},\n`,
  );
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}${"  ".repeat(depth)}}`;
}

function pythonDict(object: JsonObject, depth: number): string {
  const lines = Object.entries(object).map(
    ([name, value]) => `${INDENT.repeat(depth + 1)}${JSON.stringify(name)}: ${pythonValue(value, depth + 1)},\n`,
  );
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}${INDENT.repeat(depth)}}`;
}
