import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { env } from "../test-console";
import { dayIn } from "./play-cases";
import type { ConsoleActs } from "./player";
import type { GrantDocument } from "./scripted-server";

const OWNER = env("OWNER_EMAIL");
const WORKSPACE = ["--workspace", env("WORKSPACE_ID")];

/** Runs a command of the console's admin tool. Returns its document. */
export async function admin(...args: readonly string[]): Promise<unknown> {
  const [program = "", ...rest] = env("ADMIN").split(" ");
  return JSON.parse((await promisify(execFile)(program, [...rest, ...args, "--json"])).stdout);
}

let key: Promise<string> | undefined;

/** Asks the management API, which is faster than a command. */
async function manage(method: string, path: string, body?: object): Promise<Record<string, string>> {
  const scopes = ["actions:write", "budgets:write", "freezes:start", "freezes:thaw"].flatMap((scope) => ["--scope", scope]);
  key ??= admin("management-key", "create", ...WORKSPACE, ...scopes).then((made) => (made as { key: string }).key);
  const headers = { Authorization: `Bearer ${await key}`, "Content-Type": "application/json" };
  const response = await fetch(`${env("BASE_URL")}/api/v1/manage/${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? {} : (JSON.parse(text) as Record<string, string>);
}

/** Of the last case: a workspace has room for fifty. */
const budgetIds: string[] = [];
/** By action. */
const freezeIds = new Map<string, string>();

/** What a case does to the console that the environment names. */
export const CONSOLE_ACTS: ConsoleActs = {
  async setUp({ actions, budgets = [] }) {
    for (const id of budgetIds.splice(0)) await manage("DELETE", `budgets/${id}`);
    for (const [name, type] of Object.entries(actions)) await manage("PUT", `actions/${name}`, { title: name, policy: { type } });
    for (const budget of budgets)
      budgetIds.push(String((await manage("POST", "budgets", { when_exceeded: "ask", ...budget }))["budget_id"]));
  },
  async decide(runId, decision, comment, grant) {
    if (grant) return approveSame(runId, grant);
    const words = comment === undefined ? [] : ["--comment", comment];
    const command = decision === "revoke" ? ["revoke", runId] : ["decide", runId, "--decision", decision];
    await admin("run", ...command, "--as", OWNER, ...words);
  },
  async freeze(action) {
    freezeIds.set(action, String((await manage("POST", "freezes", { action, reason: "Wrong bank." }))["freeze_id"]));
  },
  async thaw(action) {
    await manage("POST", `freezes/${freezeIds.get(action)}/thaw`, {});
  },
};

/** Only the decision page gives a grant, so this is its form. */
async function approveSame(runId: string, { facts, amount_each: each, total, max_uses: uses, days }: GrantDocument): Promise<void> {
  const form = new URLSearchParams({ decision: "approve_same", confirm: "yes", maxUses: String(uses), until: dayIn(days, new Date()) });
  for (const name of facts) form.append("facts", name);
  form.set("amountEach", each ?? "");
  form.set("total", total ?? "");
  const link = await decisionLink(runId);
  const headers = { Origin: new URL(link).origin };
  const response = await fetch(`${link}/answer`, { method: "POST", headers, body: form, redirect: "manual" });
  const page = response.headers.get("location") ?? "";
  if (!page.endsWith("?done=1")) throw new Error(`the grant was refused: ${response.status} ${page}`);
}

/** The link in the email to the owner, once that was sent. */
async function decisionLink(runId: string): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const { messages } = (await admin("mailbox", "list", "--run", runId)) as { messages: { message_id: string }[] };
    for (const { message_id: id } of messages) {
      const { links } = (await admin("mailbox", "show", id)) as { links: string[] };
      const link = links.find((address) => /\/decide\/[^/?]+$/.test(address));
      if (link !== undefined) return link;
    }
    await sleep(250);
  }
  throw new Error(`no email about the run ${runId} was sent`);
}
