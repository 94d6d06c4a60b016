import type { ApiExample } from "./api-example";
import { DECISION_EXAMPLES } from "./decision-examples";
import { HOOK_EXAMPLES } from "./hook-examples";
import { LOG_EXAMPLES } from "./log-examples";
import { MANAGE_EXAMPLES } from "./manage-examples";
import { RUN_EXAMPLES } from "./run-examples";

/** One request and one response per operation, in one story. A test checks them against the contract. */
export const API_EXAMPLES: Readonly<Record<string, ApiExample>> = {
  ...RUN_EXAMPLES,
  ...HOOK_EXAMPLES,
  ...DECISION_EXAMPLES,
  ...LOG_EXAMPLES,
  ...MANAGE_EXAMPLES,
  getHealth: { answer: { status: "ok" } },
  getReadiness: {
    answer: {
      status: "ready",
      checks: {
        database: { status: "ok", detail: null },
        migrations: { status: "ok", detail: null },
        connections: { status: "ok", detail: null },
        worker: { status: "ok", detail: null },
        receipts: { status: "ok", detail: null },
        proxy: { status: "ok", detail: null },
      },
    },
  },
  getOpenApi: { answer: { openapi: "3.1.0", info: { title: "DAAI Console governance API", version: "1" }, paths: {} } },
};
