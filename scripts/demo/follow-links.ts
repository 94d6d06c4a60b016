import { z } from "zod";
import { decisionResponseSchema, decisionViewSchema } from "@/lib/contract/decision";
import { admin } from "./admin";
import { type Choice, chooseDecision } from "./choose-decision";
import type { DemoRun } from "./list-demo-runs";
import { until } from "./until";

export interface Answered {
  readonly run: DemoRun;
  /** Null: left waiting. */
  readonly choice: Choice | null;
  readonly by: "link" | "command";
}

const MAIL_TIMEOUT_MS = 60_000;
const TOO_MANY_REQUESTS = 429;
const TOO_MANY_LINKS = "too many links";
type LinkAnswer = Choice | null | typeof TOO_MANY_LINKS;
const mailbox = z.object({ messages: z.array(z.object({ message_id: z.string(), action_run_id: z.string().nullable() })) });
const message = z.object({ links: z.array(z.string()) });
const story = z.object({ amount: z.string().nullable(), payload: z.object({ remark: z.string().optional() }) });

/**
 * What an approver does with the mails about the pending runs: opens each one's link, looks, and answers. When the console
 * has had enough links from this address for a minute, the rest is answered on the command line.
 */
export async function followLinks(url: string, approver: string, pending: readonly DemoRun[]): Promise<Answered[]> {
  const mails = await until(() => mailsAbout(pending, approver), {
    timeoutMs: MAIL_TIMEOUT_MS,
    otherwise:
      "The approval emails didn't reach the console's mailbox within a minute: check that a worker is running (DAAI_WORKER) and no email provider is set.",
  });
  const answered: Answered[] = [];
  let mayFollow = true;
  for (const run of pending) {
    const byLink: LinkAnswer = mayFollow ? await answerByLink(url, mails.get(run.action_run_id) ?? "") : TOO_MANY_LINKS;
    mayFollow = byLink !== TOO_MANY_LINKS;
    answered.push(
      byLink !== TOO_MANY_LINKS
        ? { run, choice: byLink, by: "link" }
        : { run, choice: await answerByCommand(run, approver), by: "command" },
    );
  }
  return answered;
}

/** Message ids by run id, when there is one for each. */
async function mailsAbout(pending: readonly DemoRun[], approver: string): Promise<Map<string, string> | null> {
  const { messages } = await admin(mailbox, "mailbox", "list", "--to", approver, "--limit", "1000");
  const byRun = new Map(messages.map((mail) => [mail.action_run_id ?? "", mail.message_id]));
  return pending.every((run) => byRun.has(run.action_run_id)) ? byRun : null;
}

async function answerByLink(url: string, messageId: string): Promise<LinkAnswer> {
  const { links } = await admin(message, "mailbox", "show", messageId);
  const token = links.map((link) => /\/decide\/([^/?#]+)/.exec(link)?.[1]).find((found) => found !== undefined);
  if (token === undefined) throw new Error(`The email ${messageId} has no decision link.`);
  const address = `${url}/api/v1/public/decisions/${token}`;

  const opened = await fetch(address);
  if (opened.status === TOO_MANY_REQUESTS) return TOO_MANY_LINKS;
  const { amount, payload } = decisionViewSchema.parse(await opened.json());
  const choice = chooseDecision({ amount: amount?.decimal ?? null, remark: typeof payload.remark === "string" ? payload.remark : null });
  if (!choice) return null;

  const answer = { ...choice, confirm: choice.decision === "approve" };
  const decided = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(answer) });
  if (decided.status === TOO_MANY_REQUESTS) return TOO_MANY_LINKS;
  decisionResponseSchema.parse(await decided.json());
  return choice;
}

async function answerByCommand(run: DemoRun, approver: string): Promise<Choice | null> {
  const { amount, payload } = await admin(story, "run", "show", run.action_run_id);
  const choice = chooseDecision({ amount, remark: payload.remark ?? null });
  if (!choice) return null;
  const comment = choice.comment === null ? [] : ["--comment", choice.comment];
  await admin(z.unknown(), "run", "decide", run.action_run_id, "--decision", choice.decision, "--as", approver, ...comment);
  return choice;
}
