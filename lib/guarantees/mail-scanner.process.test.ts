import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { DECISIONS } from "@/lib/domain/runs/statuses";
import { type Answer, problemOf } from "@/lib/testing/api-suite/api-client";
import { linkToken, makeRun, makeWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";
import { tableContents } from "@/lib/testing/table-contents";

const LINKS = proofSize(10, 50);
const READING_METHODS = ["GET", "HEAD", "OPTIONS"];
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

let daai: ConsoleProcess;
const links: { runId: string; token: string }[] = [];

beforeAll(async () => {
  // Unlimited, so that the limit on link attempts does not stand in for what is to be proven. Without a worker nothing else changes.
  daai = await startConsole({ env: { DAAI_WORKER: "off", DAAI_PLAN: "unlimited" } });
  const workspace = await makeWorkspace();
  for (let n = 0; n < LINKS; n++) {
    const runId = await makeRun(workspace, "always_require_approval");
    links.push({ runId, token: await linkToken(runId) });
  }
});

afterAll(async () => {
  await daai?.stop();
  await disconnectDb();
});

const pathsOf = (token: string) => [
  `/api/v1/public/decisions/${token}`,
  `/v1/public/decisions/${token}`,
  `/api/v1/public/decisions/${token}?decision=approve&confirm=true`,
  `/decide/${token}`,
  `/decide/${token}?step=approve`,
  `/decide/${token}?decision=approve&confirm=yes`,
  `/decide/${token}/answer?decision=approve&confirm=yes`,
];

function send(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
  return daai.api.call(method, path, body, { headers });
}

describe("a mail scanner", () => {
  it("decides nothing by looking, however it looks", { timeout: 600_000 }, async () => {
    const before = await tableContents();
    const statuses: string[] = [];
    for (const { token } of links) {
      for (const method of READING_METHODS) {
        const answers = await Promise.all(pathsOf(token).map((path) => send(method, path)));
        statuses.push(...answers.map(({ status }) => `answered ${status}`));
      }
      // As a browser looks ahead, and as Next's own links do.
      const ahead: Record<string, string>[] = [
        { Purpose: "prefetch", "Sec-Purpose": "prefetch" },
        { RSC: "1" },
        { RSC: "1", "Next-Router-Prefetch": "1" },
      ];
      for (const headers of ahead) await send("GET", `/decide/${token}`, undefined, headers);
    }
    expect(statuses).not.toContain("answered 500");
    expect(await tableContents()).toEqual(before);
    printFigures("A mail scanner", { requests: statuses.length, ...tally(statuses), changes: 0 });
  });

  it("decides nothing by pressing the first button, nor from another site", { timeout: 600_000 }, async () => {
    const before = await tableContents();
    let sent = 0;
    const post = async (path: string, body: string, headers: Record<string, string>): Promise<Answer> => {
      sent++;
      return send("POST", path, body, headers);
    };
    for (const { token } of links) {
      const api = `/api/v1/public/decisions/${token}`;
      const form = `/decide/${token}/answer`;
      const own = { ...FORM, Origin: daai.api.origin };
      const approve = "decision=approve&confirm=yes";
      // The API takes JSON only, which a form cannot send, and no approval without the second step.
      for (const confirm of ["", ',"confirm":false', ',"confirm":null', ',"confirm":"true"', ',"confirm":"yes"', ',"confirm":1']) {
        expect(problemOf(await post(api, `{"decision":"approve"${confirm}}`, {}))).toEqual([422, "validation_failed"]);
      }
      for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]) {
        expect((await post(api, '{"decision":"approve","confirm":true}', { "Content-Type": type })).status).toBe(400);
      }
      // The page's form counts only from the page.
      for (const origin of [undefined, "null", "https://evil.example", `${daai.api.origin}.evil.example`, "http://127.0.0.1:1"]) {
        const { status } = await post(form, approve, { ...FORM, ...(origin !== undefined && { Origin: origin }) });
        expect([origin, status]).toEqual([origin, 403]);
      }
      // No answer counts without the second step, not even a no.
      for (const decision of DECISIONS)
        for (const confirm of ["", "&confirm=", "&confirm=no", "&confirm=true"]) {
          const { status, headers } = await post(form, `decision=${decision}${confirm}`, own);
          expect([status, headers.get("location")]).toEqual([303, `/decide/${token}?step=${decision}&refused=answer`]);
        }
      for (const body of ["", "confirm=yes", "decision=yes&confirm=yes", "decision=APPROVE&confirm=yes"])
        expect((await post(form, body, own)).status).toBe(303);
      expect((await post(form, '{"decision":"approve","confirm":"yes"}', { ...own, "Content-Type": "application/json" })).status).toBe(303);
      for (const path of [`/decide/${token}`, `/decide/${token}?step=approve`])
        expect((await post(path, approve, own)).status).toBeLessThan(500);
      for (const method of ["PUT", "PATCH", "DELETE"]) {
        expect((await send(method, api, '{"decision":"approve","confirm":true}')).status).toBe(405);
        expect((await send(method, form, approve, own)).status).toBe(405);
      }
    }
    expect(await tableContents()).toEqual(before);
    printFigures("A form robot", { posts: sent, changes: 0 });
  });

  it("leaves the link as it was: the person's own two steps decide", async () => {
    const { runId, token } = links[0] ?? { runId: "", token: "" };
    const answer = await send("POST", `/decide/${token}/answer`, "decision=approve&confirm=yes", { ...FORM, Origin: daai.api.origin });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/decide/${token}?done=1`]);
    expect((await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).governanceStatus).toBe("approved");
  });
});
