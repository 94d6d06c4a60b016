import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/(public)/decide/[token]/answer/route";
import { visitorContext } from "@/lib/auth/contexts";
import { disconnectDb, getDb } from "@/lib/db/client";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { DECISIONS } from "@/lib/domain/runs/statuses";
import { getEnv } from "@/lib/env";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import {
  endApprovalWindow,
  linkToken,
  linkTokens,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { dayFromNow } from "@/lib/testing/grants";
import { withinOneWindow } from "@/lib/testing/within-one-period";
import { handleDecisionForm } from "./handle-decision-form";
import { openDecisionLink } from "./open-decision-link";

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});
afterAll(disconnectDb);

const makePendingRun = () => makeRun(workspace, "always_require_approval", { approverEmails: ["jo@example.com", "marta@example.com"] });

interface Sent {
  form?: Record<string, string>;
  body?: string;
  headers?: Record<string, string>;
}

/** Sends what the page's form sends, and says where the answer leads: the status, and the query of the page to load. */
async function answer(token: string, { form = {}, body, headers }: Sent): Promise<string> {
  const request = new Request(`http://localhost/decide/${token}/answer`, {
    method: "POST",
    body: body ?? new URLSearchParams(form),
    headers: headers ?? { origin: getEnv().DAAI_PUBLIC_URL, "content-type": "application/x-www-form-urlencoded" },
  });
  const response = await POST(request, { params: Promise.resolve({ token }) });
  const location = response.headers.get("location");
  expect(location === null || location.startsWith(`/decide/${token}`)).toBe(true);
  return `${response.status} ${location?.slice(`/decide/${token}`.length) ?? ""}`.trim();
}

async function runState(id: string) {
  const { governanceStatus, decidedBy, decisionComment } = await getDb().actionRun.findUniqueOrThrow({ where: { id } });
  return { governanceStatus, decidedBy, decisionComment };
}

let made = 0;
const PENDING = { governanceStatus: "pending_approval", decidedBy: null, decisionComment: null };

describe("the form of a decision link", () => {
  it("approves with the tick, and shows a page that reloading does not repeat", async () => {
    const runId = await makePendingRun();
    const token = (await linkTokens(runId)).get("jo@example.com") ?? "";
    const sent = { form: { decision: "approve", confirm: "yes", comment: " Checked by phone.\r\nIt is real. " } };
    expect(await answer(token, sent)).toBe("303 ?done=1");
    expect(await runState(runId)).toEqual({
      governanceStatus: "approved",
      decidedBy: "jo@example.com",
      decisionComment: "Checked by phone.\nIt is real.",
    });
    expect(await openDecisionLink(token, { clientAddress: "192.0.2.1", isFirstLook: true, isShown: true })).toMatchObject({
      code: "link_used",
      fields: { decision: "approved" },
    });
    expect(await answer(token, { form: { decision: "reject", confirm: "yes" } })).toBe("303");
    expect(await runState(runId)).toMatchObject({ governanceStatus: "approved" });
  });

  it("does not reject without the comment that the action asks for", async () => {
    const runId = await makeRun(workspace, "always_require_approval", { requiresRejectComment: true });
    const token = await linkToken(runId);
    expect(await answer(token, { form: { decision: "reject", confirm: "yes", comment: " \r\n " } })).toBe(
      "303 ?step=reject&refused=comment",
    );
    expect(await runState(runId)).toEqual(PENDING);
    expect(await answer(token, { form: { decision: "reject", confirm: "yes", comment: "Not ours." } })).toBe("303 ?done=1");
  });

  it.each(DECISIONS)("does not %s without the checkbox of the second step", async (decision) => {
    const runId = await makePendingRun();
    const token = await linkToken(runId);
    for (const confirm of ["", "no", "true"]) {
      expect(await answer(token, { form: { decision, confirm } })).toBe(`303 ?step=${decision}&refused=answer`);
    }
    expect(await answer(token, { form: { decision } })).toBe(`303 ?step=${decision}&refused=answer`);
    expect(await runState(runId)).toEqual(PENDING);
  });

  describe("with an approval of the same", () => {
    const same = (different: Record<string, string> = {}) => ({
      ...{
        decision: "approve_same",
        confirm: "yes",
        comment: "",
        facts: "payload.n",
        amountEach: "",
        total: "",
        maxUses: "5",
        until: dayFromNow(2),
      },
      ...different,
    });
    const propose = async () => {
      await makeAction(workspace, { name: `same_${++made}`, approverEmails: ["jo@example.com"] });
      const { action_run_id: runId } = await proposeOk(workspace, { action: `same_${made}`, payload: { n: 7 } });
      return { runId, token: await linkToken(runId) };
    };

    it("gives the grant with the approval", async () => {
      const { runId, token } = await propose();
      expect(await answer(token, { form: same() })).toBe("303 ?done=1");
      expect(await runState(runId)).toMatchObject({ governanceStatus: "approved", decidedBy: "jo@example.com" });
      expect(await getDb().standingGrant.findFirstOrThrow({ where: { runId } })).toMatchObject({
        givenBy: "jo@example.com",
        facts: ["payload.n"],
        maxUses: 5,
        amountEach: null,
      });
    });

    it.each([
      [{ confirm: "" }, "answer"],
      [{ facts: "" }, "facts"],
      [{ facts: "payload.other" }, "facts"],
      [{ maxUses: "0" }, "maxUses"],
      [{ until: dayFromNow(40) }, "until"],
      [{ until: "tomorrow" }, "until"],
      [{ amountEach: "5", total: "5" }, "amountEach"],
    ])("returns to the step for %j, and decides nothing", async (different, field) => {
      const { runId, token } = await propose();
      expect(await answer(token, { form: same(different) })).toBe(`303 ?step=grant&refused=${field}`);
      expect(await runState(runId)).toEqual(PENDING);
    });

    it("refuses one with a change, and decides nothing", async () => {
      const { runId, token } = await propose();
      expect(await answer(token, { form: same({ step: "change", "change:n": "8", comment: "Less." }) })).toBe("303 ?refused=grant");
      expect(await runState(runId)).toEqual(PENDING);
    });

    it("says so where the same can't be approved any more", async () => {
      const { runId, token } = await propose();
      await getDb().registeredAction.updateMany({ where: { name: `same_${made}` }, data: { approvals: 2 } });
      expect(await answer(token, { form: same() })).toBe("303 ?refused=grant");
      expect(await runState(runId)).toEqual(PENDING);
    });
  });

  it.each([
    ["reject", "rejected"],
    ["block", "blocked"],
  ])("takes %s with no comment as none", async (decision, governanceStatus) => {
    const runId = await makePendingRun();
    expect(await answer(await linkToken(runId), { form: { decision, confirm: "yes", comment: "" } })).toBe("303 ?done=1");
    expect(await runState(runId)).toMatchObject({ governanceStatus, decisionComment: null });
  });

  it("tells the slower approver", async () => {
    const runId = await makePendingRun();
    const tokens = await linkTokens(runId);
    await answer(tokens.get("jo@example.com") ?? "", { form: { decision: "reject", confirm: "yes" } });
    const late = tokens.get("marta@example.com") ?? "";
    expect(await answer(late, { form: { decision: "approve", confirm: "yes" } })).toBe("303 ?late=1");
    expect(await runState(runId)).toMatchObject({ governanceStatus: "rejected", decidedBy: "jo@example.com" });
  });

  it("leads to the page that says why, when the time is over or the link is unknown", async () => {
    const runId = await makePendingRun();
    const token = await linkToken(runId);
    await endApprovalWindow(runId);
    expect(await answer(token, { form: { decision: "reject", confirm: "yes" } })).toBe("303");
    expect(await answer("unknown", { form: { decision: "reject", confirm: "yes" } })).toBe("303");
    expect(await openDecisionLink("unknown", { clientAddress: "192.0.2.1", isFirstLook: true, isShown: true })).toMatchObject({
      code: "invalid_link",
    });
  });

  it("takes nothing from anywhere but the console's own pages", async () => {
    const runId = await makePendingRun();
    const token = await linkToken(runId);
    const type = { "content-type": "application/x-www-form-urlencoded" };
    for (const headers of [
      type,
      { ...type, origin: "null" },
      { ...type, origin: "https://evil.example" },
      { ...type, origin: `${getEnv().DAAI_PUBLIC_URL}.evil.example` },
    ]) {
      expect(await answer(token, { form: { decision: "reject", confirm: "yes" }, headers })).toBe("403");
    }
    expect(await runState(runId)).toEqual(PENDING);
  });

  it("takes nothing that is not its form", async () => {
    const runId = await makePendingRun();
    const token = await linkToken(runId);
    const own = { origin: getEnv().DAAI_PUBLIC_URL };
    const form = { ...own, "content-type": "application/x-www-form-urlencoded" };
    const foreign: Sent[] = [
      { body: '{"decision":"reject","confirm":true}', headers: { ...own, "content-type": "application/json" } },
      { body: "decision=reject&confirm=yes", headers: { ...own, "content-type": "text/plain" } },
      { body: `decision=reject&confirm=yes&comment=${"a".repeat(100_000)}`, headers: form },
      { body: "", headers: form },
      { form: { decision: "Reject" } },
      { form: { decision: "expire" } },
      { form: { comment: "x" } },
      { form: { decision: "reject", confirm: "yes", comment: "a".repeat(COMMENT_MAX_LENGTH + 1) } },
    ];
    for (const sent of foreign) expect(await answer(token, sent)).toMatch(/^303 \?(step=reject&)?refused=answer$/);
    expect(await runState(runId)).toEqual(PENDING);
    expect(await answer(token, { form: { decision: "reject", confirm: "yes", comment: "😀".repeat(COMMENT_MAX_LENGTH) } })).toBe(
      "303 ?done=1",
    );
  });

  it("is never told to come back later by a valid link, nor are its pages; unknown links are", async () => {
    const clientAddress = "192.0.2.9";
    const token = await linkToken(await makePendingRun());
    const look = (isFirstLook: boolean, of = token) => openDecisionLink(of, { clientAddress, isFirstLook, isShown: true });
    const form = new URLSearchParams({ decision: "reject", confirm: "yes", comment: "Mine." });
    await withinOneWindow(THROTTLES.link_guess.windowMinutes, async () => {
      await Promise.all(Array.from({ length: THROTTLES.link_guess.client }, () => countLinkGuess(visitorContext(), clientAddress)));
      expect(await look(true, "unknown")).toMatchObject({ code: "too_many_link_attempts" });
      expect(await look(false, "unknown")).toMatchObject({ code: "too_many_link_attempts" });
      expect(await look(true)).toMatchObject({ ok: true });
      expect(await handleDecisionForm("unknown", clientAddress, form)).toMatchObject({ code: "too_many_link_attempts" });
    });
    expect(await handleDecisionForm(token, clientAddress, form)).toMatchObject({ ok: true });
    expect(await look(false)).toMatchObject({ code: "link_used", fields: { comment: "Mine." } });
  });
});
