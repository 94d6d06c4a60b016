import { parseArgs } from "node:util";
import { buildApp } from "@/scripts/console/build-app";
import { buildProgramsOnce } from "@/scripts/prepare/load-program.mjs";
import { packConsole } from "./pack-console";

/** Throws a SetupError. */
export async function buildConsole(args: readonly string[]): Promise<void> {
  const { to } = parseArgs({ args: [...args], options: { to: { type: "string" } } }).values;
  const say = (message: string) => console.error(message);
  const programs = await buildProgramsOnce(say);
  await buildApp(say);
  if (to === undefined) return;
  packConsole(to, programs);
  say(`Packed the console into ${to}: start it there with node scripts/start.mjs.`);
}
