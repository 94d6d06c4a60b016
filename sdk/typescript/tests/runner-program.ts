// A runner in a process of its own, to be killed. Arguments: base URL, keys, store, ledger, mode.
//
// The ledger stands for the side effect: one line for every execution, on the disk before anything else happens. In the mode "hang", the
// executor then never ends; in "once", the runner makes one pass for each line it reads; in "forever", it runs until it is killed.

import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { DaaiClient } from "../src/index";
import { DaaiActionRunner, SQLitePendingStore } from "../src/runner";

const [baseUrl, apiKey, workspaceKey, path = "", ledger = "", mode = "", action = "ask"] = process.argv.slice(2);
const store = new SQLitePendingStore(path);
const runner = new DaaiActionRunner(new DaaiClient({ baseUrl, apiKey, workspaceKey }), store, { leaseSeconds: 5 });

runner.whenExecutable(action, async ({ number }) => {
  const states = store.entries().flatMap(({ payload, state }) => (payload["number"] === number ? [state] : []));
  const file = openSync(ledger, "a");
  writeSync(file, `${number} ${states.join()}\n`);
  fsyncSync(file);
  closeSync(file);
  if (mode === "hang") {
    console.log("executing");
    await new Promise(() => undefined);
  }
  return { number };
});

console.log("ready");
if (mode === "forever") await runner.runForever({ pollSeconds: 0 });
else for await (const _ of createInterface({ input: process.stdin })) console.log(await runner.runPendingOnce());
