import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { INTERCEPT } from "@/lib/testing/api-suite/api-client";
import { makeAction, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { type OpenLiveStream, openLiveStream } from "@/lib/testing/open-live-stream";
import { sessionCookie } from "@/lib/testing/session-cookie";

const PATIENCE = { interval: 20, timeout: 10_000 };

let consoles: Consoles;
let workspace: TestWorkspace;
let streams: OpenLiveStream[] = [];

beforeAll(async () => {
  consoles = await startConsoles(2, { env: { DAAI_WORKER: "off" } });
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "refund_customer", approverEmails: ["ann@example.com"] });
});

afterEach(() => {
  streams.forEach((stream) => stream.close());
  streams = [];
});

afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
});

async function listenOn(turn: number, headers: Record<string, string>): Promise<OpenLiveStream> {
  const stream = await openLiveStream(consoles.of(turn).server.url, headers);
  streams.push(stream);
  // Its beat says that it hears from now on; what came just before is told again, or counts as missed.
  if (stream.status === 200) await expect.poll(() => stream.events.some(({ name }) => name === "beat"), PATIENCE).toBe(true);
  return stream;
}

async function viewer() {
  const { ctx } = await makePerson(workspace, "viewer");
  return { userId: ctx.actor.userId, ...(await sessionCookie(ctx.actor.userId)) };
}

const propose = (turn: number, action: string) => consoles.of(turn).api.post(INTERCEPT, { action, payload: {} }, { as: workspace });

describe("live updates", () => {
  it("reach tabs on every process, whichever wrote the change, and no tab of another workspace", async () => {
    const { headers } = await viewer();
    const stranger = await makePerson(await makeWorkspace(), "owner");
    const foreign = await listenOn(0, (await sessionCookie(stranger.ctx.actor.userId)).headers);
    const tabs = [await listenOn(0, headers), await listenOn(1, headers)];
    for (const tab of tabs)
      expect([tab.status, tab.headers.get("content-type"), tab.headers.get("x-accel-buffering")]).toEqual([
        200,
        "text/event-stream; charset=utf-8",
        "no",
      ]);
    await propose(0, "export_report");
    for (const tab of tabs) await expect.poll(() => tab.heard(), PATIENCE).toContain("runs");
    await propose(1, "refund_customer");
    for (const tab of tabs) await expect.poll(() => tab.heard(), PATIENCE).toContain("approvals");
    expect(foreign.heard().filter((topic) => topic !== "missed")).toEqual([]);
  });

  it("survive that a process loses its listening session", async () => {
    const tab = await listenOn(0, (await viewer()).headers);
    const before = tab.events.length;
    await getDb().$executeRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'daai-console listener'`;
    await expect.poll(() => tab.events.slice(before).some(({ data }) => (data as { missed?: boolean }).missed), PATIENCE).toBe(true);
    // What is proposed before it listens again is among what was missed; later it is told of by itself.
    const after = tab.events.length;
    await expect
      .poll(async () => {
        await propose(1, "refund_customer");
        return tab.events.slice(after).map(({ data }) => data);
      }, PATIENCE)
      .toContainEqual(
        expect.objectContaining({ changes: expect.arrayContaining([{ workspaceId: workspace.workspaceId, topic: "approvals" }]) }),
      );
  });

  it("tell who comes back that something may have been missed", async () => {
    const { headers } = await viewer();
    const tab = await listenOn(0, { ...headers, "Last-Event-ID": "1" });
    await expect.poll(() => tab.heard(), PATIENCE).toContain("missed");
  });

  it("end with the session", async () => {
    const { headers, sessionId } = await viewer();
    const tab = await listenOn(0, headers);
    await getDb().session.update({ where: { id: sessionId }, data: { revokedAt: new Date() } });
    const before = tab.heard();
    await propose(1, "refund_customer");
    await tab.ended;
    expect(tab.events.at(-1)?.name).toBe("signed-out");
    expect(tab.heard()).toEqual(before);
    expect((await openLiveStream(consoles.of(1).server.url, headers)).status).toBe(401);
    expect((await openLiveStream(consoles.of(1).server.url, {})).status).toBe(401);
  });

  it("tell a removed member that something changed, and nothing of the workspace any more", async () => {
    const { headers, userId } = await viewer();
    const tab = await listenOn(0, headers);
    await getDb().member.delete({ where: { workspaceId_userId: { workspaceId: workspace.workspaceId, userId } } });
    const before = tab.events.length;
    await propose(1, "refund_customer");
    await expect.poll(() => tab.events.slice(before).some(({ data }) => (data as { missed?: boolean }).missed), PATIENCE).toBe(true);
    await propose(1, "refund_customer");
    const told = tab.events.slice(before).flatMap(({ data }) => (data as { changes?: object[] }).changes ?? []);
    expect(told).toEqual([]);
  });

  it("tell an approver without membership of what they are asked, and of nothing else", async () => {
    const { ctx } = await makePerson(workspace, null);
    const ann = "ann@example.com";
    await getDb().user.update({ where: { id: ctx.actor.userId }, data: { email: ann, emailVerifiedAt: new Date() } });
    const tab = await listenOn(0, (await sessionCookie(ctx.actor.userId)).headers);
    await propose(1, "export_report");
    await propose(1, "refund_customer");
    await expect.poll(() => tab.heard(), PATIENCE).toContain("approvals");
    expect(tab.heard().filter((topic) => topic !== "missed")).toEqual(["approvals"]);
  });

  it("end when the process stops, and do not hold it up", async () => {
    const { headers } = await viewer();
    const tab = await listenOn(1, headers);
    expect(await consoles.of(1).restart("SIGTERM")).toBe(0);
    await tab.ended;
    expect((await listenOn(1, headers)).status).toBe(200);
  });
});
