import { readFileSync } from "node:fs";

/** The console's release, as package.json of the checkout that runs says it. */
export function consoleVersion(): string {
  return (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;
}
