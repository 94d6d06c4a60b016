import fs, { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { withFileLock } from "./file-lock.mjs";

/** As a full disk does: for the words of a file, which is there then and empty, or for the name of a link. */
function fillDisk(what: "writing" | "linking"): void {
  const noSpace = () => Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  const { writeFileSync: write } = fs;
  if (what === "linking") {
    vi.spyOn(fs, "linkSync").mockImplementation(() => {
      throw noSpace();
    });
  } else {
    vi.spyOn(fs, "writeFileSync").mockImplementation((path, _data, options) => {
      write(path, "", options);
      throw noSpace();
    });
  }
  syncBuiltinESMExports();
}

const emptyDisk = () => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
};
afterEach(emptyDisk);

const newPath = () => join(mkdtempSync(join(tmpdir(), "daai-lock-")), "lock");
/** Above what Linux hands out by default, and nobody's elsewhere. */
const DEAD_PID = 4_999_999;

it("lets one in at a time", async () => {
  const path = newPath();
  let inside = 0;
  const visits = await Promise.all(
    Array.from({ length: 5 }, () =>
      withFileLock(path, async () => {
        const seen = ++inside;
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        return seen;
      }),
    ),
  );
  expect(visits).toEqual([1, 1, 1, 1, 1]);
  expect(existsSync(path)).toBe(false);
});

it("takes over the lock of a process that is gone", async () => {
  const path = newPath();
  writeFileSync(path, `${DEAD_PID} 1`);
  await expect(withFileLock(path, () => Promise.resolve("in"))).resolves.toBe("in");
});

it("takes over the lock of a process whose number another one has now", async () => {
  const path = newPath();
  writeFileSync(path, `${process.pid} born-before-the-restart`);
  await expect(withFileLock(path, () => Promise.resolve("in"))).resolves.toBe("in");
});

it("is free again after a failure", async () => {
  const path = newPath();
  await expect(withFileLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(withFileLock(path, () => Promise.resolve("in"))).resolves.toBe("in");
});

it("says where nothing can be written", async () => {
  const file = newPath();
  writeFileSync(file, "");
  await expect(withFileLock(join(file, "lock"), () => Promise.resolve())).rejects.toMatchObject({
    name: "SetupError",
    message: expect.stringMatching(/^.*lock cannot be written \(E\w+\): make it writable for this account, and start again\.$/),
  });
});

it.each(["writing", "linking"] as const)("says that the disk is full for %s, and leaves nothing there", async (what) => {
  const path = newPath();
  fillDisk(what);
  await expect(withFileLock(path, () => Promise.resolve())).rejects.toMatchObject({
    name: "SetupError",
    message: `${dirname(path)} cannot be written (ENOSPC): make room on its disk, and start again.`,
  });
  expect(readdirSync(dirname(path))).toEqual([]);
  emptyDisk();
  await expect(withFileLock(path, () => Promise.resolve("in"))).resolves.toBe("in");
});
