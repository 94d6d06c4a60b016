// What clients that are witnesses share: a store, or the witness itself.

import { describe, expect, it, test } from "vitest";
import { DaaiClient } from "../src/index";
import { SYSTEM_RUNTIME } from "../src/runtime";
import { Witness } from "../src/witness";
import { HONEST, LogConsole, look, refused } from "./log-console";
import { ORIGIN, receipt } from "./receipt-log";
import { KEYS } from "./test-client";

describe("a store", () => {
  it("serves several clients, workspaces and logs", async () => {
    const console = new LogConsole();
    const client = await console.witness();
    const other = console.client({ workspaceKey: `daai_wk_${"c".repeat(30)}` });
    console.receipts = HONEST.slice(0, 15);
    await look(other);
    // The workspace's key was rotated: the log is the same, and so is what is known of it.
    expect(console.asked).toEqual(["sdk/log/checkpoint", "public/log-keys", "?from=10"]);
    expect(console.kept).toEqual([[ORIGIN, 15]]);
    console.asked.length = 0;
    console.wait();
    await look(client);
    expect(console.asked).toEqual([]);
    Object.assign(console, { origin: "console.example.com/receipts/another-workspace", receipts: HONEST.slice(0, 1) });
    await look(console.client({ workspaceKey: `daai_wk_${"d".repeat(30)}` }));
    expect(console.kept.length).toBe(2);
  });

  it("keeps what another client stored meanwhile", async () => {
    const console = new LogConsole();
    const client = await console.witness();
    console.receipts = HONEST.slice(0, 15);
    console.wait();
    console.evidence = async (query) => {
      console.evidence = null;
      const found = await console.showLog("log/checkpoint", query);
      console.receipts = HONEST.slice(0, 20);
      await look(console.client());
      return found;
    };
    await look(client);
    // Fifteen extended ten, but now the log has to extend twenty.
    expect(console.asked).toEqual(["?from=10", "?from=10", "?from=20"]);
    expect(console.kept).toEqual([[ORIGIN, 20]]);
  });

  it("that never stores ends no alarm", async () => {
    const console = new LogConsole();
    const client = await console.witness();
    console.receipts = HONEST.slice(0, 7);
    console.wait();
    await refused(client, "shrank");
    console.receipts = HONEST.slice(0, 12);
    console.store.keep = () => false;
    await refused(client, "shrank");
  });

  it("that fails is an error of its own, and nothing is returned", async () => {
    const console = new LogConsole();
    const client = await console.witness();
    console.store.followed = () => {
      throw new Error("the disk is full");
    };
    await expect(look(client)).rejects.toThrow("the disk is full");
  });
});

test("clients of one witness each have an alarm of their own", async () => {
  const [honest, forked] = [new LogConsole(), new LogConsole()];
  const witness = new Witness({ checkpointStore: honest.store });
  const clientOf = ({ fetch }: LogConsole, workspaceKey: string) =>
    new DaaiClient({ ...KEYS, workspaceKey, witness }, { ...SYSTEM_RUNTIME, fetch, now: () => 0 });
  const [one, other] = [clientOf(honest, KEYS.workspaceKey), clientOf(forked, "daai_wk_other")];
  await look(one);
  forked.receipts = [receipt(99), ...HONEST.slice(1, 12)];
  await refused(other, "forked");
  await look(one);
  await refused(other, "forked");
});
