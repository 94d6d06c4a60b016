import { withFileLock } from "../../lib/file-lock.mjs";
import { generatePrismaClient, isPrismaClientGenerated } from "./generate-prisma-client.mjs";
import { areDependenciesInstalled, installDependencies } from "./install-dependencies.mjs";

/**
 * Makes a checkout able to run TypeScript: dependencies, Prisma client, TypeScript loader. Each step is skipped when nothing
 * changed since the last time. Messages go to standard error: standard output may be a program's answer.
 */
export async function prepare(say = (message) => console.error(message)) {
  if (!areDependenciesInstalled() || !isPrismaClientGenerated()) await prepareAlone(say);
  const { register } = await import("tsx/esm/api");
  register();
}

/**
 * Dependencies and Prisma client, and then `more`. Two programs at once, such as a first start and the admin command line, would
 * install over each other.
 */
export async function prepareAlone(say, more) {
  const steps = async () => {
    await installDependencies(say);
    await generatePrismaClient(say);
    await more?.();
  };
  await withFileLock(".build/prepare.lock", steps, () => say("Waiting for another program to finish preparing …"));
}
