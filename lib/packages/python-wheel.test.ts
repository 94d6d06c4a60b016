import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { getPythonPackage } from "./python-package";
import { makePythonWheel } from "./python-wheel";

const SOURCE = "sdk/python";
const scratch = mkdtempSync(join(tmpdir(), "daai-wheel-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A copy of what the wheel is made of, to change. */
function copySource(name: string): string {
  const folder = join(scratch, name);
  for (const part of ["pyproject.toml", "README.md", "LICENSE", "src"]) cpSync(join(SOURCE, part), join(folder, part), { recursive: true });
  return folder;
}

describe("the wheel of the Python SDK", () => {
  const wheel = makePythonWheel(SOURCE);
  const files = unzipSync(wheel.bytes);
  const info = `daai_python-${wheel.version}.dist-info`;

  it("lists each of its files with its hash, and has no other", () => {
    const rows = strFromU8(files[`${info}/RECORD`] ?? new Uint8Array())
      .trimEnd()
      .split("\n");
    const expected = Object.entries(files).map(([name, bytes]) =>
      name === `${info}/RECORD` ? `${name},,` : `${name},sha256=${createHash("sha256").update(bytes).digest("base64url")},${bytes.length}`,
    );
    expect(rows.sort()).toEqual(expected.sort());
  });

  it("has the whole package and its license", () => {
    const sources = readdirSync(`${SOURCE}/src`, { recursive: true, encoding: "utf8" }).filter((name) => /\.(py|typed)$/.test(name));
    expect(Object.keys(files).filter((name) => name.startsWith("daai/"))).toEqual(sources.sort());
    expect(strFromU8(files[`${info}/licenses/LICENSE`] ?? new Uint8Array())).toBe(readFileSync(`${SOURCE}/LICENSE`, "utf8"));
  });

  it("is the same bytes from another copy of the source, with what running it left behind", () => {
    const folder = copySource("used");
    const compiled = join(folder, "src/daai/__pycache__");
    mkdirSync(compiled, { recursive: true });
    writeFileSync(join(compiled, "webhooks.cpython-311.pyc"), "bytes");
    expect(Buffer.from(makePythonWheel(folder).bytes).equals(wheel.bytes)).toBe(true);
  });

  it("isn't made from a project that says something it doesn't write", () => {
    const folder = copySource("more");
    const project = readFileSync(join(SOURCE, "pyproject.toml"), "utf8");
    writeFileSync(join(folder, "pyproject.toml"), project.replace("[project]", '[project]\nauthors = [{ name = "Ann" }]'));
    expect(() => makePythonWheel(folder)).toThrow("authors");
  });
});

it("README and documentation name the file that this console serves, and no other", () => {
  const content = "components/docs/content";
  const texts = ["README.md", `${SOURCE}/README.md`, ...readdirSync(content).map((file) => `${content}/${file}`)];
  const named = texts.flatMap((file) => readFileSync(file, "utf8").match(/daai_python-[\w.-]+\.whl/g) ?? []);
  expect(new Set(named)).toEqual(new Set([getPythonPackage().fileName]));
});
