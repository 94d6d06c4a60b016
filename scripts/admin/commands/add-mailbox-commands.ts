import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { emailSchema } from "@/lib/domain/access/email-address";
import { getMailboxMessage, listMailbox, type MailboxEntry } from "@/lib/notifications/list-mailbox";
import { addCommand } from "@/scripts/admin/add-command";
import { requireFound } from "@/scripts/admin/command-error";
import { linksOf } from "@/scripts/admin/links-of";
import { countValue, idValue, optional } from "@/scripts/admin/option-values";
import { factLines, instantText, textTable } from "@/scripts/admin/text-table";

const MAX_LISTED = 10_000;

export function addMailboxCommands(program: Command): void {
  const group = program.command("mailbox").description("Emails that the console stores instead of sending.");
  addCommand(group, {
    usage: "list",
    summary: "List messages, the newest first.",
    options: [
      optional("--to <email>", "sent to this address"),
      optional("--run <run id>", "about this run"),
      optional("--limit <n>", "maximum number").default("50"),
    ],
    examples: ["mailbox list --to ada@example.com"],
    input: z.strictObject({ to: emailSchema.optional(), run: idValue.optional(), limit: countValue(1, MAX_LISTED) }),
    async run({ to, run, limit }) {
      const messages = await listMailbox(operatorContext(null), { toEmail: to, runId: run }, limit);
      return {
        document: { messages: messages.map(headDocument) },
        text: textTable(
          ["Id", "Received", "To", "Subject"],
          messages.map((message) => [message.id, instantText(message.createdAt), message.toEmail, message.subject]),
        ),
      };
    },
  });
  addCommand(group, {
    usage: "show <MESSAGE_ID>",
    summary: "Show a message's text and its links.",
    examples: ["mailbox show MESSAGE_ID", "mailbox show MESSAGE_ID --json"],
    input: z.strictObject({ MESSAGE_ID: idValue }),
    async run({ MESSAGE_ID: id }) {
      const message = requireFound(await getMailboxMessage(operatorContext(null), id), "such message");
      const links = linksOf(message.text);
      return {
        document: { ...headDocument(message), text: message.text, html: message.html, links },
        text: `${factLines([
          ["From", message.fromEmail],
          ["To", message.toEmail],
          ["Received", instantText(message.createdAt)],
          ["Subject", message.subject],
        ])}\n\n${message.text.trimEnd()}\n\n${factLines(links.map((link) => ["Link", link]))}`,
      };
    },
  });
}

function headDocument(message: MailboxEntry) {
  return {
    message_id: message.id,
    from: message.fromEmail,
    to: message.toEmail,
    subject: message.subject,
    action_run_id: message.runId,
    created_at: message.createdAt.toISOString(),
  };
}
