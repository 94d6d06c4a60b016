import { Readable } from "node:stream";
import { expect } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { runAdmin } from "./commands/run-admin";

/** A command as it is typed: what it prints, and its exit code. */
export async function admin(...args: string[]) {
  let out = "";
  let err = "";
  const code = await runAdmin(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

/** What the next command finds on standard input. */
export const pipe = (text: string) => Object.defineProperty(process, "stdin", { value: Readable.from([text]), configurable: true });

/** The document of a command that succeeds. */
export async function json(...args: string[]): Promise<JsonObject> {
  const { code, out, err } = await admin(...args, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as JsonObject;
}

/** The one sentence of a command that fails. */
export async function refused(...args: string[]): Promise<string> {
  const { code, out, err } = await admin(...args, "--json");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^[^\n]+[.)]\n$/);
  return err.trimEnd();
}

export const listIn = (document: JsonObject, list: string) => document[list] as JsonObject[];
