import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { env } from "../test-console";
import { dayIn } from "./play-cases";
import type { ConsoleActs } from "./player";
import type { BudgetDocument, GrantDocument } from "./scripted-server";

const OWNER = env("OWNER_EMAIL");
const WORKSPACE = ["--workspace", env("WORKSPACE_ID")];

/** Runs a command of the console's admin tool. Returns its document. */
export async function admin(...args: readonly string[]): Promise<unknown> {
  const [program = "", ...rest] = env("ADMIN").split(" ");
  return JSON.parse((await promisify(execFile)(program, [...rest, ...args, "--json"])).stdout);
}

/** What a case does to the console that the environment names. */
export const CONSOLE_ACTS: ConsoleActs = {
  async setUp({ actions, budgets = [] }) {
    for (const [name, policy] of Object.entries(actions))
      await admin("action", "register", ...WORKSPACE, "--name", name, "--policy", policy);
    for (const budget of budgets) await admin("budget", "create", ...WORKSPACE, ...optionsOf(budget));
  },
  async decide(runId, decision, comment, grant) {
    if (grant) return approveSame(runId, grant);
    const words = comment === undefined ? [] : ["--comment", comment];
    const command = decision === "revoke" ? ["revoke", runId] : ["decide", runId, "--decision", decision];
    await admin("run", ...command, "--as", OWNER, ...words);
  },
};

function optionsOf({ name, limit, period, time_zone: zone, currency, actions, ...more }: BudgetDocument): string[] {
  const optional = { "--currency": currency, "--per": more.per, "--per-field": more.per_field, "--exceeded": more.when_exceeded };
  return [
    ...["--name", name, "--limit", limit, "--period", period, "--time-zone", zone],
    ...actions.flatMap((action) => ["--action", action]),
    ...Object.entries(optional).flatMap(([option, value]) => (value === undefined ? [] : [option, value])),
  ];
}

/** Only the decision page gives a grant, so this is its form. */
async function approveSame(runId: string, { facts, amount_each: each, total, max_uses: uses, days }: GrantDocument): Promise<void> {
  const form = new URLSearchParams({ decision: "approve_same", confirm: "yes", maxUses: String(uses), until: dayIn(days, new Date()) });
  for (const name of facts) form.append("facts", name);
  form.set("amountEach", each ?? "");
  form.set("total", total ?? "");
  const response = await fetch(`${await decisionLink(runId)}/answer`, { method: "POST", body: form, redirect: "manual" });
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
