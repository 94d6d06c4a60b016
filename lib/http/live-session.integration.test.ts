import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import type { LiveAudience } from "@/lib/live/get-live-audience";
import { stopLiveChanges, subscribeToLiveChanges } from "@/lib/live/live-changes";
import { publishChange } from "@/lib/live/publish-change";
import { openLiveStream, STREAMS_PER_PROCESS, STREAMS_PER_SESSION } from "./live-session";

const WORKSPACE = randomUUID();
const MEMBER: LiveAudience = { email: "ann@example.com", memberOf: new Set([WORKSPACE]), askedIn: new Set() };

const PATIENCE = { interval: 20, timeout: 10_000 };

const readers: ReadableStreamDefaultReader<Uint8Array>[] = [];
beforeAll(async () => {
  let isListening = false;
  const stop = subscribeToLiveChanges(["ready"], () => void (isListening = true));
  await vi.waitFor(async () => {
    await publishChange(getDb(), "ready", "workspace");
    expect(isListening).toBe(true);
  }, PATIENCE);
  stop();
});
afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.cancel())));
afterAll(async () => {
  await stopLiveChanges();
  await disconnectDb();
});

/** A tab of a session, with what it has been told so far. */
function openTab(sessionId: string, readAudience: () => Promise<LiveAudience | null>) {
  const body = openLiveStream(sessionId, readAudience);
  if (!body) return null;
  const reader = body.getReader();
  readers.push(reader);
  const tab = { text: "", isOver: false, close: () => reader.cancel() };
  void (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return void (tab.isOver = true);
      tab.text += new TextDecoder().decode(value);
    }
  })();
  return tab;
}
type Tab = NonNullable<ReturnType<typeof openTab>>;

function openTabs(count: number, sessionId: string, readAudience: () => Promise<LiveAudience | null>): Tab[] {
  return Array.from({ length: count }, () => openTab(sessionId, readAudience)).filter((tab) => tab !== null);
}

const isListening = ({ text }: Tab) => text.includes("event: beat");

/** How often who reads is looked at for one change, when so many tabs are told of it. */
async function looksFor(tabCount: number): Promise<number> {
  let looks = 0;
  const workspaceId = randomUUID();
  const tabs = openTabs(tabCount, randomUUID(), () => {
    looks += 1;
    return Promise.resolve({ ...MEMBER, memberOf: new Set([workspaceId]) });
  });
  await expect.poll(() => tabs.every(isListening), PATIENCE).toBe(true);
  // What was announced while their page was made is told once more, before anything is counted.
  await publishChange(getDb(), workspaceId, "members");
  await expect.poll(() => tabs.every(({ text }) => text.includes('"members"')), PATIENCE).toBe(true);
  const before = looks;
  await publishChange(getDb(), workspaceId, "keys");
  await expect.poll(() => tabs.every(({ text }) => text.includes('"keys"')), PATIENCE).toBe(true);
  return looks - before;
}

test("a change costs a session one look at who reads, however many tabs are told of it", async () => {
  expect([await looksFor(1), await looksFor(STREAMS_PER_SESSION)]).toEqual([1, 1]);
});

test("no more than two connections look after all streams of a process", async () => {
  let [atWork, most] = [0, 0];
  const read = async () => {
    most = Math.max(most, (atWork += 1));
    await getDb().$queryRaw`SELECT 1`;
    atWork -= 1;
    return MEMBER;
  };
  const tabs = Array.from({ length: 50 }, () => openTab(randomUUID(), read)).filter((tab) => tab !== null);
  await expect.poll(() => tabs.every(isListening), PATIENCE).toBe(true);
  await publishChange(getDb(), WORKSPACE, "keys");
  await expect.poll(() => tabs.every(({ text }) => text.includes('"keys"')), PATIENCE).toBe(true);
  expect(most).toBe(2);
});

test("one tab more than a session may have ends the oldest, and no other session's", async () => {
  const read = () => Promise.resolve(MEMBER);
  const [other] = openTabs(1, randomUUID(), read);
  const sessionId = randomUUID();
  const [first, second] = openTabs(STREAMS_PER_SESSION, sessionId, read);
  expect(openTab(sessionId, read)).not.toBeNull();
  await expect.poll(() => first?.isOver, PATIENCE).toBe(true);
  await publishChange(getDb(), WORKSPACE, "keys");
  await expect.poll(() => [second, other].every((tab) => tab?.text.includes('"keys"')), PATIENCE).toBe(true);
  expect([second?.isOver, other?.isOver]).toEqual([false, false]);
});

test("a process takes so many streams and refuses more, until some have left", async () => {
  const read = () => Promise.resolve(MEMBER);
  const tabs = Array.from({ length: STREAMS_PER_PROCESS / STREAMS_PER_SESSION }, () => randomUUID()).flatMap((sessionId) =>
    openTabs(STREAMS_PER_SESSION, sessionId, read),
  );
  expect(tabs).toHaveLength(STREAMS_PER_PROCESS);
  expect(openTab(randomUUID(), read)).toBeNull();
  await tabs[0]?.close();
  expect(openTab(randomUUID(), read)).not.toBeNull();
  expect(openTab(randomUUID(), read)).toBeNull();
});

test("all tabs of a session that has ended are told so, and nothing else, also of what came before the look", async () => {
  let audience: LiveAudience | null = MEMBER;
  const tabs = openTabs(3, randomUUID(), () => Promise.resolve(audience));
  await expect.poll(() => tabs.every(isListening), PATIENCE).toBe(true);
  audience = null;
  await publishChange(getDb(), WORKSPACE, "webhooks");
  await expect.poll(() => tabs.every(({ isOver }) => isOver), PATIENCE).toBe(true);
  for (const { text } of tabs) {
    expect(text).toMatch(/event: signed-out\ndata: 1\n\n$/);
    expect(text).not.toContain('"webhooks"');
  }
});

test("a removed member is told that something may have been missed, and nothing of the workspace", async () => {
  let audience: LiveAudience = MEMBER;
  const [tab] = openTabs(1, randomUUID(), () => Promise.resolve(audience));
  await expect.poll(() => tab && isListening(tab), PATIENCE).toBe(true);
  audience = { ...MEMBER, memberOf: new Set() };
  await publishChange(getDb(), WORKSPACE, "receipts");
  await expect.poll(() => tab?.text.match(/"missed":true/g)?.length, PATIENCE).toBeGreaterThan(0);
  expect(tab?.text).not.toContain('"receipts"');
});
