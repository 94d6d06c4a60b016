import type { TestProject } from "vitest/node";
import { openTestPostgres } from "./test-postgres";

declare module "vitest" {
  export interface ProvidedContext {
    testPostgres: { url: string; template: string };
  }
}

/** Once for a test run: the server and its template. Returns the teardown. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, template, close } = await openTestPostgres();
  project.provide("testPostgres", { url, template });
  return close;
}
