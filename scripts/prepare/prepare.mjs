import { generatePrismaClient } from "./generate-prisma-client.mjs";
import { installDependencies } from "./install-dependencies.mjs";

/**
 * Makes a checkout able to run TypeScript: dependencies, Prisma client, TypeScript loader. Each step is skipped when nothing
 * changed since the last time. Messages go to standard error: standard output may be a program's answer.
 */
export async function prepare(say = (message) => console.error(message)) {
  await installDependencies(say);
  await generatePrismaClient(say);
  const { register } = await import("tsx/esm/api");
  register();
}
