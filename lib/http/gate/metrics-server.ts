import { createServer, type Server } from "node:http";
import { handleWithNodeMount } from "@/lib/http/mounts/node-mount";
import { sendResponse } from "@/lib/http/mounts/send-response";
import { PATIENCE } from "./console-server";
import { pathOf } from "./refuse-head";
import { METRICS_PATH, serveMetrics, text } from "./serve-metrics";

/** For whoever starts and stops processes: one that only works has no other port. */
const PROBES = ["/api/health", "/api/ready"];

/** Creates the server of DAAI_METRICS_PORT, which serves the metrics and the probes, and nothing else. */
export function createMetricsServer(): Server {
  return createServer(PATIENCE, (message, reply) => {
    const path = pathOf(message.url ?? "");
    if (path === METRICS_PATH) return void serveMetrics(message, reply);
    if (PROBES.includes(path) && handleWithNodeMount(message, reply)) return;
    sendResponse(message, reply, text(404, `This port serves ${[METRICS_PATH, ...PROBES].join(", ")} and nothing else.\n`));
  });
}
