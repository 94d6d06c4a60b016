import { createServer, type Server } from "node:http";
import { sendResponse } from "@/lib/http/mounts/send-response";
import { PATIENCE } from "./console-server";
import { pathOf } from "./refuse-head";
import { METRICS_PATH, serveMetrics, text } from "./serve-metrics";

/** Creates the server of DAAI_METRICS_PORT, which serves nothing but the metrics. */
export function createMetricsServer(): Server {
  return createServer(PATIENCE, (message, reply) => {
    if (pathOf(message.url ?? "") === METRICS_PATH) return void serveMetrics(message, reply);
    sendResponse(message, reply, text(404, `This port serves ${METRICS_PATH} and nothing else.\n`));
  });
}
