import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { makeWorkspace } from "@/lib/testing/factories";
import { writeReceipts } from "./write-receipt";

test("more receipts than a statement has parameters for, and none at all", async () => {
  const { ctx, workspaceId } = await makeWorkspace();
  const createdAt = new Date("2026-05-04T10:00:00.123Z");
  const receipts = Array.from({ length: 9_000 }, (_, n) => ({
    id: uuidv7(),
    workspaceId,
    runId: null,
    kind: "freeze" as const,
    body: `{"reason":"“${n}”, \\\\ \\"{a,b}\\" NULL"}`,
    createdAt,
  }));
  await writeReceipts(ctx, receipts);
  await writeReceipts(ctx, []);
  const written = await getDb().receipt.findMany({ where: { workspaceId }, orderBy: { id: "asc" } });
  expect(written.map(({ body }) => body)).toEqual(receipts.map(({ body }) => body));
  expect(written[0]).toMatchObject({ runId: null, kind: "freeze", ordinal: 0, createdAt });
  expect(written[0]?.leafHash).toHaveLength(32);
});
