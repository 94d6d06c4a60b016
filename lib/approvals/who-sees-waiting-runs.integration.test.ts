import { beforeAll, describe, expect, test, vi } from "vitest";
import { getDb } from "@/lib/db/client";
import { ROLES, type Role } from "@/lib/domain/access/roles";
import type { UserContext } from "@/lib/security/context";
import { makeDecider } from "@/lib/testing/deciders";
import { makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { decideWaitingRun } from "./decide-waiting-run";
import { getWaitingRun } from "./get-waiting-run";
import { listWaiting } from "./list-waiting";

const LIMIT = 50;

let workspace: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [workspace, other] = [await makeWorkspace(), await makeWorkspace()];
});

const person = async (role: Role | null, { isVerified = true, of = workspace } = {}) => (await makeDecider(of, role, isVerified)).user;
const pending = (approverEmails: string[] = ["somebody@example.com"], of = workspace) =>
  makeRun(of, "always_require_approval", { approverEmails });
const ids = async (user: UserContext, workspaceId?: string) =>
  (await listWaiting(user, { limit: LIMIT, workspaceId: workspaceId ?? null })).runs.map(({ runId }) => runId);
const reject = (user: UserContext, runId: string) =>
  decideWaitingRun(user, { runId, decision: "reject", comment: "No.", isConfirmed: false });

test("a run waits for as long as the database says, whatever the clock of the process", async () => {
  const [owner, runId] = [await person("owner"), await pending()];
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 365 * 86_400_000 });
  try {
    expect((await getWaitingRun(owner, runId))?.state).toBe("waiting");
  } finally {
    vi.useRealTimers();
  }
});

describe("who sees and decides what", () => {
  test.each([...ROLES.map((role) => [role, ["owner", "admin", "approver"].includes(role)] as const), [null, false] as const])(
    "%s, not asked: %s",
    async (role, may) => {
      const [user, runId, foreign] = [await person(role), await pending(), await pending([], other)];
      expect((await ids(user)).includes(runId)).toBe(may);
      expect(await ids(user)).not.toContain(foreign);
      expect((await getWaitingRun(user, runId))?.state).toBe(may ? "waiting" : undefined);
      expect((await listWaiting(user, { limit: LIMIT })).total > 0).toBe(may);
      for (const id of [foreign, "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae", "nonsense"]) {
        expect(await getWaitingRun(user, id)).toBeNull();
        expect(await reject(user, id)).toMatchObject({ code: "run_not_found" });
      }
      expect(await reject(user, runId)).toMatchObject(may ? { ok: true } : { code: "run_not_found" });
      expect(await ids(user)).not.toContain(runId);
    },
  );

  test.each([
    [null, true],
    ["viewer", true],
    [null, false],
    ["developer", false],
  ] as const)("%s, asked at an address that is theirs (%s)", async (role, isVerified) => {
    const user = await person(role, { isVerified });
    const [asked, notAsked] = [await pending([user.actor.email]), await pending()];
    expect(await ids(user)).toEqual(isVerified ? [asked] : []);
    expect((await getWaitingRun(user, asked))?.state).toBe(isVerified ? "waiting" : undefined);
    expect(await getWaitingRun(user, notAsked)).toBeNull();
    expect(await reject(user, notAsked)).toMatchObject({ code: "run_not_found" });
    expect(await reject(user, asked)).toMatchObject(isVerified ? { ok: true } : { code: "run_not_found" });
  });

  test("who was only asked sees those asked with them, not who else is in the workspace", async () => {
    const [user, owner] = [await person(null), await person("owner")];
    const runId = await pending([user.actor.email, "ben@example.com"]);
    const deciders = async (of: UserContext) => {
      const run = await getWaitingRun(of, runId);
      return run?.state === "waiting" ? run.deciders : [];
    };
    expect((await deciders(user)).map(({ email, isReader, mail }) => [email, isReader, mail?.state])).toEqual([
      [user.actor.email, true, "queued"],
      ["ben@example.com", false, "queued"],
    ]);
    const seenByOwner = await deciders(owner);
    expect(seenByOwner[0]).toMatchObject({ email: owner.actor.email, isReader: true, mail: null });
    expect(seenByOwner.map(({ email }) => email)).toEqual(
      expect.arrayContaining([user.actor.email, "ben@example.com", workspace.ownerEmail]),
    );
  });

  test("nothing of a deleted workspace", async () => {
    const gone = await makeWorkspace();
    const [owner, asked] = [await person("owner", { of: gone }), await person(null)];
    const runId = await pending([asked.actor.email], gone);
    await getDb().workspace.update({ where: { id: gone.workspaceId }, data: { deletedAt: new Date() } });
    for (const user of [owner, asked]) {
      expect(await ids(user)).toEqual([]);
      expect(await getWaitingRun(user, runId)).toBeNull();
      expect(await reject(user, runId)).toMatchObject({ code: "run_not_found" });
    }
  });
});
