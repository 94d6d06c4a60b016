import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { openMailBody } from "@/lib/notifications/mailbox-body";
import { atOnce, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";

const APPROVERS = ["ada@example.com", "grace@example.com", "mary@example.com"];
const RUNS = proofSize(50, 500);
const MAILS = RUNS * APPROVERS.length;
const KILLS = proofSize(2, 10);
const PATIENCE = { interval: 20, timeout: 300_000 };

let consoles: Consoles;
let workspace: TestWorkspace;

beforeAll(async () => {
  consoles = await startConsoles(2, { env: { DAAI_WORKER: "inline", DAAI_PLAN: "unlimited" } });
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund_customer", approverEmails: APPROVERS });
});

afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
});

describe("every mail goes out once", () => {
  it("with two workers, of which one is killed again and again", { timeout: proofSize(300_000, 1_800_000) }, async () => {
    const proposing = atOnce(RUNS, (n) => proposeOk(workspace, { action: "refund_customer", payload: { n } }));
    for (let kill = 1; kill <= KILLS; kill++) {
      await expect.poll(sentMails, PATIENCE).toBeGreaterThanOrEqual((kill * MAILS) / (KILLS + 2));
      expect(await consoles.of(kill).restart("SIGKILL")).toBeNull();
    }
    await proposing;
    await expect.poll(sentMails, PATIENCE).toBe(MAILS);

    const messages = await getDb().mailboxMessage.findMany();
    const deliveries = await getDb().emailDelivery.findMany({ include: { decisionLink: { select: { tokenHash: true } } } });
    expect(messages.map(({ idempotencyKey, toEmail }) => `${idempotencyKey} ${toEmail}`).sort()).toEqual(
      deliveries.map(({ id, toEmail }) => `${id} ${toEmail}`).sort(),
    );
    expect(new Set(deliveries.map(({ runId, toEmail }) => `${runId} ${toEmail}`)).size).toBe(MAILS);
    // Each has a link of its own that leads to the decision.
    const links = messages.map((message) => /\/decide\/([\w-]+)/.exec(openMailBody(message).text)?.[1] ?? "");
    expect(new Set(links).size).toBe(MAILS);
    for (const link of links.slice(0, 10)) expect((await consoles.of(0).api.get(`/api/v1/public/decisions/${link}`)).status).toBe(200);
    printFigures("Mail", { mails: MAILS, kills: KILLS, "not sent": 0, "sent twice": 0 });
  });
});

function sentMails(): Promise<number> {
  return getDb().emailDelivery.count({ where: { status: "sent" } });
}
