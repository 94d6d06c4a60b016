import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Case } from "./scripted-server";

const FOLDER = new URL("../../../conformance/", import.meta.url);

/** Every case of sdk/conformance, with one for each variant; its README documents them. */
export function loadCases(): Case[] {
  return readdirSync(new URL("cases", FOLDER)).flatMap((file) => {
    const cases = JSON.parse(readFileSync(new URL(`cases/${file}`, FOLDER), "utf8")) as ({
      name: string;
      variants?: { name?: string }[];
    } & Case)[];
    return cases.flatMap(({ variants = [{}], ...common }) =>
      variants.map((variant) => ({ ...common, ...variant, title: [file, common.name, variant.name].filter(Boolean).join("/") })),
    );
  });
}

/** Starts the server that plays the responses of cases. */
export async function startScriptedServer(...options: readonly "--close-connections"[]) {
  const child = spawn(process.execPath, [fileURLToPath(new URL("server.mjs", FOLDER)), ...options], { stdio: ["pipe", "pipe", "inherit"] });
  const address = await new Promise<string>((resolve) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text.trim()));
  });
  return { address, stop: () => child.stdin.end() };
}
