import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { builtFrom, packStamp, readSources, writeStamp } from "./build-stamp.mjs";

const LONG_AGO = new Date("2026-01-01T00:00:00Z");

let folder: string;
let stamp: string;
const read = () => readSources(stamp, [join(folder, "lib"), join(folder, "settings")]);
const built = () => builtFrom(stamp, read());
const put = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), LONG_AGO, LONG_AGO);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "daai-stamp-"));
  stamp = join(folder, "stamp");
  mkdirSync(join(folder, "lib", "deep"), { recursive: true });
  put("lib/one.ts", "one");
  put("lib/deep/two.ts", "two");
  put("settings", "a=1");
  writeStamp(stamp, read(), "the product");
});

it("a build is current while its sources are what they were", () => {
  expect(built()).toBe("the product");
  expect(built()).toBe("the product");
});

it.each([
  ["a source of another length", () => put("lib/deep/two.ts", "longer")],
  ["a source of the same length and modification time", () => put("lib/one.ts", "eno")],
  ["a file among the folders", () => put("settings", "a=2")],
  ["a new source", () => put("lib/deep/three.ts", "")],
  ["a removed source", () => rmSync(join(folder, "lib/one.ts"))],
])("%s makes it old", (_, change) => {
  change();
  expect(built()).toBeNull();
});

it("a copied or touched checkout is not built again", () => {
  utimesSync(join(folder, "lib/one.ts"), new Date(), new Date());
  expect(built()).toBe("the product");
});

it("tests are no sources", () => {
  put("lib/one.test.ts", "expect");
  expect(built()).toBe("the product");
});

it("what changed while it was built is built the next time", () => {
  const before = read();
  put("lib/one.ts", "two");
  writeStamp(stamp, before, "made of a mixture");
  expect(built()).toBeNull();
});

it("half a stamp is none", () => {
  writeFileSync(stamp, readFileSync(stamp, "utf8").slice(0, 100));
  expect(built()).toBeNull();
});

it("a packed build is current whatever is beside it", () => {
  const packed = join(folder, "packed");
  packStamp(stamp, packed);
  rmSync(join(folder, "lib"), { recursive: true });
  expect(builtFrom(packed, readSources(packed, [join(folder, "settings")]))).toBe("the product");
});
