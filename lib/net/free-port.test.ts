import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort, isFree } from "./free-port";

test("no port is one that an outgoing connection can have taken", async () => {
  // RFC 6335: dynamic ports start at 49152; Linux takes those from 32768 on.
  for (let n = 0; n < 50; n++) expect(await freePort()).toBeLessThan(32_768);
});

test("a port that someone listens on isn't free", async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  expect(await isFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isFree(port)).toBe(true);
});
