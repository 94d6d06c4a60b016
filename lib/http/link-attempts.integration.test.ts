import { afterAll, describe, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/transaction";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { matchEndpoint } from "@/lib/http/mounts/endpoints";
import { handleRequest } from "@/lib/http/mounts/handle-request";
import { makeApiRequest } from "@/lib/testing/make-api-request";
import type { ApiResponse } from "./api-request";

afterAll(disconnectDb);

const path = "/api/v1/public/decisions/unknown";

function open(clientAddress: string, method = "GET"): Promise<ApiResponse> {
  const match = matchEndpoint(path);
  const body = method === "POST" ? { body: '{"decision":"reject"}' } : {};
  return handleRequest(match?.resource ?? null, makeApiRequest({ method, path, params: match?.params ?? {}, clientAddress, ...body }));
}

/** What `attempt` gives within one minute of the database's clock, which the limit counts by. */
async function withinOneMinute<T>(attempt: (round: number) => Promise<T>): Promise<T> {
  const minute = async () => (await databaseNow(getDb())).toISOString().slice(0, 16);
  for (let round = 1; ; round++) {
    const before = await minute();
    const result = await attempt(round);
    if ((await minute()) === before) return result;
  }
}

describe("decision links", () => {
  it("that never were are limited by client address, reading and deciding together, exactly", async () => {
    const answers = await withinOneMinute((round) =>
      Promise.all(Array.from({ length: 100 }, (_, i) => open(`198.51.100.${round}`, i % 2 === 0 ? "GET" : "POST"))),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBe(THROTTLES.link_guess.client);
    for (const { headers, body } of refused) {
      expect(Number(headers["Retry-After"])).toBeGreaterThan(0);
      expect(JSON.parse(body ?? "")).toMatchObject({ code: "too_many_link_attempts", limit: THROTTLES.link_guess.client });
    }
  });

  it("are not limited by what other addresses do, nor by OPTIONS and wrong methods", async () => {
    const statuses = await withinOneMinute(async (round) => {
      const address = `203.0.115.${round}`;
      for (let i = 0; i < 30; i++) await open(address, i % 2 === 0 ? "OPTIONS" : "DELETE");
      return [(await open(address)).status, (await open(`203.0.114.${round}`)).status];
    });
    expect(statuses).toEqual([404, 404]);
  });
});
