import { buildApp } from "@/scripts/console/build-app";

/** Before any test that starts the console: a stale build is made anew now, and not within the time that the first test has. */
export default async function setup(): Promise<void> {
  await buildApp((message) => console.log(message));
}
