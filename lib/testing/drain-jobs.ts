import { Logger, runOnce, type TaskList } from "graphile-worker";
import { getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { tasks } from "@/lib/jobs/tasks";
import { openMailBody } from "@/lib/notifications/mailbox-body";

/** Does what is in the queue now, and what that puts into it, as the worker would. */
export async function drainJobs(taskList: TaskList = tasks): Promise<void> {
  await runOnce({ connectionString: getEnv().DATABASE_URL, taskList, noHandleSignals: true, logger: new Logger(() => () => {}) });
}

/** The newest mail to an address, from the console's own mailbox, with the addresses in its plain part. */
export async function newestMail(toEmail: string): Promise<{ subject: string; html: string; text: string; links: string[] }> {
  await drainJobs();
  const message = await getDb().mailboxMessage.findFirst({ where: { toEmail }, orderBy: { id: "desc" } });
  if (!message) throw new Error(`No mail to ${toEmail}.`);
  const { html, text } = openMailBody(message);
  return { subject: message.subject, html, text, links: text.match(/https?:\/\/\S+/g) ?? [] };
}

/** The secret part of the first link of the newest mail. */
export async function mailedToken(toEmail: string): Promise<string> {
  const [link = ""] = (await newestMail(toEmail)).links;
  const { pathname, searchParams } = new URL(link);
  return searchParams.get("token") ?? pathname.split("/").at(-1) ?? "";
}
