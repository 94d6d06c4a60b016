import { existsSync, readFileSync } from "node:fs";
import { runCommand } from "./run-command.mjs";

/** `npm ci`, when node_modules is not what package-lock.json says. */
export async function installDependencies(say) {
  if (areDependenciesInstalled()) return;
  say("Installing dependencies (about a minute, once) …");
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  // Development packages too: the build needs some of them, also where NODE_ENV=production is set for everything.
  const npm = process.env.npm_execpath;
  await (npm ? runCommand(process.execPath, [npm, ...args]) : runCommand("npm", args));
}

/** npm writes what it installed into a lock file of its own. */
export function areDependenciesInstalled() {
  if (!existsSync("node_modules/.package-lock.json")) return false;
  const wanted = readPackages("package-lock.json");
  const installed = readPackages("node_modules/.package-lock.json");
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) => path === "" || link || optional || installed[path]?.version === version,
  );
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}
