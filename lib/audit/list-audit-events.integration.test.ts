import { beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun } from "@/lib/approvals/decide-run";
import { visitorContext } from "@/lib/auth/contexts";
import { isPermitted } from "@/lib/domain/access/permissions";
import { ROLES } from "@/lib/domain/access/roles";
import { claimOk, linkToken, makePerson, makeRun, makeWorkspace, report, type TestWorkspace } from "@/lib/testing/factories";
import { type ActivityFilter, listAuditEvents } from "./list-audit-events";

let workspace: TestWorkspace;
let owner: Awaited<ReturnType<typeof makePerson>>;
beforeAll(async () => {
  workspace = await makeWorkspace();
  owner = await makePerson(workspace, "admin");
});

const ALL: ActivityFilter = { kind: "everything", person: null, before: null };
const list = (filter: Partial<ActivityFilter> = {}) => listAuditEvents(owner.ctx, { ...ALL, ...filter });
const verbs = async (filter: Partial<ActivityFilter>) => (await list(filter)).events.map(({ verb }) => verb);

describe("what was done, by whom", () => {
  test("a person is the same by sign-in and by link; programs and the command line are told apart", async () => {
    const person = await makePerson(workspace, "approver");
    const asked = await makeRun(workspace, "always_require_approval", { approverEmails: [person.email] });
    await decideByLink(visitorContext(), await linkToken(asked), { decision: "reject", comment: "Already paid.", confirm: true });
    const other = await makeRun(workspace, "always_require_approval");
    await decideRun(person.ctx, { runId: other, decision: "approve", comment: null });
    await report(workspace, other, { claimToken: await claimOk(workspace, other) });

    const { events } = await list({ person: person.email });
    expect(events.map(({ verb, who, comment, runId }) => ({ verb, who, comment, runId }))).toEqual([
      { verb: "run.decided", who: { kind: "person", name: person.email, detail: null }, comment: null, runId: other },
      {
        verb: "run.decided",
        who: { kind: "person", name: person.email, detail: "by the link in the email" },
        comment: "Already paid.",
        runId: asked,
      },
    ]);
    expect(events[0]?.sentence).toEqual(["approved a run of ", { code: expect.stringMatching(/^action_/) as string }]);
    expect(await verbs({ kind: "execution" })).toEqual(["run.reported", "run.claimed"]);
    expect(await verbs({ kind: "changes" })).not.toContain("run.claimed");
    expect((await list({ kind: "execution" })).events[0]?.who).toMatchObject({ kind: "key", name: "First API key" });
    expect((await list({ kind: "keys" })).events[0]?.who).toMatchObject({ kind: "command_line" });
    expect(await verbs({ kind: "workspace" })).toEqual(["workspace.created"]);
  });

  test("pages follow each other without a gap", async () => {
    for (let i = 0; i < 60; i++) await createApiKey(workspace.ctx, { kind: "api", name: `key ${i}` });
    const first = await list({ kind: "keys" });
    const second = await list({ kind: "keys", before: first.next });
    expect([first.events.length, second.events.length, second.next]).toEqual([50, 12, null]);
    const ids = [...first.events, ...second.events].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
  });

  test("another workspace's are not among them", async () => {
    const other = await makeWorkspace();
    const admin = await makePerson(other, "admin");
    expect((await listAuditEvents(admin.ctx, ALL)).events.map(({ verb }) => verb).sort()).toEqual([
      "api_key.created",
      "api_key.created",
      "workspace.created",
    ]);
  });

  test.each([...ROLES, null])("may be read by owners and admins: %s", async (role) => {
    const { ctx } = await makePerson(workspace, role);
    const listing = listAuditEvents(ctx, ALL);
    if (role !== null && isPermitted(role, "audit.read")) expect((await listing).events.length).toBeGreaterThan(0);
    else await expect(listing).rejects.toThrow("not permitted: audit.read");
  });
});
