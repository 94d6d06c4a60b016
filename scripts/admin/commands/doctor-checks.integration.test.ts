import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { stampClientAddress } from "@/lib/auth/client-address";
import { resetEnvCache } from "@/lib/env";
import { createConsoleServer } from "@/lib/http/gate/console-server";
import { logger } from "@/lib/logger";
import { seenOf } from "@/lib/net/first-seen";
import { examine } from "./doctor-checks";

const { DAAI_PUBLIC_URL } = process.env;
const server = createConsoleServer({ handlesSdk: true, handleWithNext: (_message, reply) => reply.end() });

afterEach(() => {
  seenOf("proxy").clear();
  Object.assign(process.env, { DAAI_PUBLIC_URL });
  resetEnvCache();
  server.closeAllConnections();
  server.close();
});

it("a proxy that forwards requests without being named in DAAI_TRUSTED_PROXIES is found by asking the console that serves", async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  process.env.DAAI_PUBLIC_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  resetEnvCache();
  const found = async () => (await examine()).filter(({ name }) => name === "proxy");
  expect(await found()).toMatchObject([{ status: "ok" }]);

  vi.spyOn(logger, "warn").mockReturnValue();
  const forwarded = { headers: { "x-forwarded-for": "192.0.2.1" }, socket: { remoteAddress: "10.0.0.4" } };
  stampClientAddress(forwarded as unknown as IncomingMessage);
  expect(await found()).toMatchObject([{ status: "problem", detail: expect.stringContaining("isn't listed in DAAI_TRUSTED_PROXIES") }]);
});
