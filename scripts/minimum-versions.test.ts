import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Older ones have known holes, or were never looked at. Raise a line when an advisory appears (`npm run audit:deps`). */
const MINIMUM: Readonly<Record<string, string>> = {
  next: "16.4.6",
  "next-auth": "4.24.15",
  nodemailer: "10.0.5",
  react: "19.3.1",
  "react-dom": "19.3.1",
};

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, { version?: string }> };
const installed = Object.entries(lock.packages).flatMap(([path, { version }]) => {
  const name = path.split("node_modules/").at(-1) ?? "";
  return version && name in MINIMUM ? [{ path, name, version }] : [];
});

const isAtLeast = (version: string, minimum: string) => version.localeCompare(minimum, "en", { numeric: true }) >= 0;

it.each(installed)("$path $version is not older than it may be", ({ name, version }) => {
  expect(isAtLeast(version, MINIMUM[name] ?? "")).toBe(true);
  expect(version).not.toContain("-");
});

it("knows an old version", () => {
  expect(isAtLeast("16.4.10", "16.4.6")).toBe(true);
  expect(isAtLeast("16.0.6", "16.4.6")).toBe(false);
});
