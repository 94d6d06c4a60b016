import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askApprover } from "@/lib/approvals/ask-approver";
import { systemContext } from "@/lib/auth/contexts";
import { disconnectDb, getDb } from "@/lib/db/client";
import { DELIVERY_STATUSES, EMAIL_KINDS } from "@/lib/domain/runs/delivery-state";
import { findLostMail } from "@/lib/mailer/find-lost-mail";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { queueEmail } from "./queue-email";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", approverEmails: ["ann@example.com"] });
});
afterAll(disconnectDb);

/** The words between quotes of a CHECK. */
async function wordsOf(constraint: string): Promise<string[]> {
  const [row] = await getDb().$queryRaw<{ text: string }[]>`
    SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = ${constraint}`;
  return [...(row?.text ?? "").matchAll(/'([a-z_]+)'/g)].map(([, word = ""]) => word).sort();
}

const jobsOf = (deliveryId: string) => getDb().$queryRaw<{ key: string | null }[]>`
  SELECT key FROM graphile_worker._private_jobs WHERE payload ->> 'deliveryId' = ${deliveryId}`;

const propose = () => proposeOk(workspace, { action: "refund", payload: {} });

describe("one vocabulary", () => {
  test("the database takes the statuses and kinds that the console knows, and no others", async () => {
    expect(await wordsOf("email_deliveries_status")).toEqual([...DELIVERY_STATUSES].sort());
    expect(await wordsOf("email_deliveries_kind")).toEqual([...EMAIL_KINDS].sort());
  });

  test("daai_intercept writes the same row for a run's first mail as queueEmail for a later one", async () => {
    const { action_run_id: runId } = await propose();
    expectOk(await askApprover(systemContext(workspace.workspaceId), { runId, email: "ben@example.com", reason: "resend" }));
    const [first, later] = await getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } });
    const own = { id: "", toEmail: "", decisionLinkId: "", askReason: null, createdAt: new Date(0) };
    const sealed = { sealedToken: new Uint8Array() };
    expect({ ...first, ...own, ...sealed }).toEqual({ ...later, ...own, ...sealed });
    expect(first?.sealedToken).toHaveLength(later?.sealedToken?.length ?? 0);
    for (const mail of [first, later]) expect(await jobsOf(mail?.id ?? "")).toHaveLength(1);
  });

  test("both write the same when the month's mails are used up", async () => {
    const limited = await makeWorkspace({ plan: "free" });
    await makeAction(limited, { name: "refund", approverEmails: ["ann@example.com"] });
    await getDb().user.update({ where: { email: limited.ownerEmail }, data: { limitOverrides: { emailsPerMonth: 0 } } });
    const { action_run_id: runId } = await proposeOk(limited, { action: "refund", payload: {} });
    expectOk(await askApprover(systemContext(limited.workspaceId), { runId, email: "ben@example.com", reason: "resend" }));
    const mails = await getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } });
    expect(mails.map(({ status, notSentReason, sealedToken }) => ({ status, notSentReason, sealedToken }))).toEqual(
      [0, 1].map(() => ({ status: "not_sent", notSentReason: "monthly_email_limit", sealedToken: null })),
    );
    for (const { id } of mails) expect(await jobsOf(id)).toEqual([]);
  });
});

describe("queueEmail", () => {
  async function notice(toEmail: string) {
    const { action_run_id: runId } = await propose();
    const { id: aboutDeliveryId } = await getDb().emailDelivery.findFirstOrThrow({ where: { runId } });
    return { id: uuidv7(), workspaceId: workspace.workspaceId, kind: "bounce_notice" as const, aboutDeliveryId, toEmail };
  }

  test("a mail that is there already stays as it is, with one job", async () => {
    const mail = await notice("ann@example.com");
    await queueEmail(getDb(), mail);
    await queueEmail(getDb(), { ...mail, toEmail: "ben@example.com" });
    expect(await getDb().emailDelivery.findUniqueOrThrow({ where: { id: mail.id } })).toMatchObject({ toEmail: "ann@example.com" });
    expect(await jobsOf(mail.id)).toEqual([{ key: `mail:${mail.id}` }]);
  });

  test("a transaction that is rolled back leaves neither mail nor job", async () => {
    const lost = await notice("lost@example.com");
    await expect(
      getDb().$transaction(async (tx) => {
        await queueEmail(tx, lost);
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    expect(await getDb().emailDelivery.count({ where: { id: lost.id } })).toBe(0);
    expect(await jobsOf(lost.id)).toEqual([]);
  });

  test("mail of either writer whose job was lost is queued again, once", async () => {
    const { action_run_id: runId } = await propose();
    const { id } = await getDb().emailDelivery.findFirstOrThrow({ where: { runId } });
    await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE payload ->> 'deliveryId' = ${id}`;
    await getDb().$executeRaw`UPDATE email_deliveries SET created_at = created_at - interval '3 minutes' WHERE id = ${id}::uuid`;
    await findLostMail(systemContext(null));
    await findLostMail(systemContext(null));
    expect(await jobsOf(id)).toEqual([{ key: `mail:${id}` }]);
  });
});
