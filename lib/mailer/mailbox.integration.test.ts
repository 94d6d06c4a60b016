import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { mailboxProvider } from "@/lib/email/mailbox-provider";
import { atOnce, makeRun, makeWorkspace } from "@/lib/testing/factories";
import { sendEmail } from "./send-email";
import { storeMailboxMessage } from "./store-mailbox-message";

const mailbox = mailboxProvider((message) => storeMailboxMessage(systemContext(null), message));

test("the mailbox keeps one message a key, however often and however many bring it at once", async () => {
  const id = crypto.randomUUID();
  const message = { idempotencyKey: id, from: "a@example.com", to: "ann@example.com", subject: "s", html: "h", text: "t" };
  const ids = await atOnce(20, () => mailbox.send(message));
  expect(new Set(ids.map(({ providerMessageId }) => providerMessageId)).size).toBe(1);
  expect(await getDb().mailboxMessage.count({ where: { idempotencyKey: id } })).toBe(1);
});

test("a mail that stays in the mailbox uses up none of the month's; one that left does", async () => {
  const own = await makeWorkspace();
  const { id: subject } = await getDb().user.findUniqueOrThrow({ where: { email: own.ownerEmail } });
  const used = async () => (await getDb().usageCounter.findFirst({ where: { scope: "emails_per_month", subject } }))?.count;
  const ids: string[] = [];
  for (let made = 0; made < 2; made++) {
    const runId = await makeRun(own, "always_require_approval", { approverEmails: ["ann@example.com"] });
    ids.push((await getDb().emailDelivery.findFirstOrThrow({ where: { runId } })).id);
  }
  expect(await used()).toBe(2);
  for (let time = 0; time < 2; time++) await sendEmail(systemContext(null), mailbox, ids[0] ?? "");
  expect(await used()).toBe(1);
  await sendEmail(systemContext(null), { name: "test", send: () => Promise.resolve({ providerMessageId: "1" }) }, ids[1] ?? "");
  expect(await used()).toBe(1);
});
