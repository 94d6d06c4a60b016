import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as noteOpened } from "@/app/(public)/decide/[token]/opened/route";
import { disconnectDb, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { linkToken, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { openDecisionLink } from "./open-decision-link";

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});
afterAll(disconnectDb);

const makePendingRun = () => makeRun(workspace, "always_require_approval", { approverEmails: ["jo@example.com", "marta@example.com"] });

describe("whether a request was seen", () => {
  const openedAt = async (runId: string) => (await getDb().approvalRequest.findFirstOrThrow({ where: { runId } })).openedAt;
  const look = (token: string, isFirstLook: boolean, isShown = true) =>
    openDecisionLink(token, { clientAddress: "192.0.2.1", isFirstLook, isShown });

  it("is not said by fetching the page, which programs that check mails do", async () => {
    const runId = await makePendingRun();
    const token = await linkToken(runId);
    await look(token, true);
    await look(token, false, false);
    expect(await openedAt(runId)).toBeNull();
    await look(token, false);
    expect(await openedAt(runId)).not.toBeNull();
  });

  it("is said by the page's script, from the console's own page alone", async () => {
    const runId = await makePendingRun();
    const token = await linkToken(runId);
    const say = (of: string, origin?: string) =>
      noteOpened(new Request(`http://localhost/decide/${of}/opened`, { method: "POST", ...(origin && { headers: { origin } }) }), {
        params: Promise.resolve({ token: of }),
      });
    for (const origin of [undefined, "null", "https://evil.example"]) expect((await say(token, origin)).status).toBe(204);
    expect(await openedAt(runId)).toBeNull();
    for (const of of [token, token, "unknown"]) expect((await say(of, getEnv().DAAI_PUBLIC_URL)).status).toBe(204);
    expect(await openedAt(runId)).not.toBeNull();
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      governanceStatus: "pending_approval",
      decidedBy: null,
      decisionComment: null,
    });
  });
});
