// Generates load in a thread of its own, for every round in the same one, so that its code is compiled by then.
import { randomUUID } from "node:crypto";
import { parentPort } from "node:worker_threads";
import autocannon from "autocannon";

parentPort.on("message", ({ url, seconds, connections }) => {
  const latenciesMs = [];
  let next = 0;
  const instance = autocannon(
    {
      url,
      duration: seconds,
      connections: connections.length,
      setupClient: (client) => client.setRequests([requestOf(connections[next++ % connections.length])]),
    },
    (error, result) => {
      const failed =
        error ??
        (result.non2xx + result.errors > 0 ? new Error(`${result.non2xx} answers were not 2xx, ${result.errors} did not come.`) : null);
      parentPort.postMessage({ error: failed?.message ?? null, requests: result?.["2xx"], seconds: result?.duration, latenciesMs });
    },
  );
  instance.on("response", (_client, _status, _bytes, ms) => latenciesMs.push(ms));
});

/** `key` in the body stands for a new idempotency key each time. */
function requestOf({ method, paths, headers, body }) {
  let turn = 0;
  return {
    method,
    headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
    setupRequest: (request) => ({
      ...request,
      path: paths[turn++ % paths.length],
      ...(body !== undefined && { body: body.replace('"idempotency_key":"key"', `"idempotency_key":"${randomUUID()}"`) }),
    }),
  };
}
