import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Pauses } from "../src/pauses";

const scratch = mkdtempSync(join(tmpdir(), "daai-pauses-"));
afterAll(() => rmSync(scratch, { recursive: true }));

test("what continues is found by the run, in another process too, until it's deleted", async () => {
  const folder = join(scratch, "found");
  const pauses = new Pauses(folder);
  expect([await pauses.get("run-1"), await pauses.runIds()]).toEqual([null, []]);
  await pauses.set("run-2", "one");
  await pauses.set("run-1", "two");
  await pauses.set("run-2", "three");
  const others = new Pauses(folder);
  expect([await others.get("run-2"), await others.get("run-1"), await others.runIds()]).toEqual(["three", "two", ["run-1", "run-2"]]);
  await others.delete("run-2");
  await others.delete("run-2");
  expect([await pauses.get("run-2"), await pauses.runIds()]).toEqual([null, ["run-1"]]);
});

test("only the owner can read them", async () => {
  const folder = join(scratch, "private");
  await new Pauses(folder).set("run-1", "a conversation");
  expect([statSync(folder).mode & 0o777, statSync(join(folder, "run-1.pause")).mode & 0o777]).toEqual([0o700, 0o600]);
});

test("an id is never a path, and a file that a crash left behind is none", async () => {
  const folder = join(scratch, "strange");
  const pauses = new Pauses(folder);
  await pauses.set("../run-1", "state");
  writeFileSync(join(folder, "run-2.pause.0b9d"), "hal");
  expect([await pauses.get("../run-1"), await pauses.get("run-2"), await pauses.runIds()]).toEqual(["state", null, ["../run-1"]]);
  expect(readdirSync(scratch).filter((name) => name.startsWith("run"))).toEqual([]);
});

test("a problem with the folder is thrown", async () => {
  writeFileSync(join(scratch, "file"), "");
  const pauses = new Pauses(join(scratch, "file"));
  await expect(pauses.get("run-1")).rejects.toThrow("ENOTDIR");
  await expect(pauses.runIds()).rejects.toThrow("ENOTDIR");
  await expect(pauses.set("run-1", "state")).rejects.toThrow("EEXIST");
});
