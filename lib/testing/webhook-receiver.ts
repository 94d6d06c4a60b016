import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { resetEnvCache } from "@/lib/env";

export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** How a receiver responds: with a status, or in a way of its own. */
export type Behavior = number | ((answer: ServerResponse, received: ReceivedWebhook) => void);

export interface WebhookReceiver {
  readonly url: string;
  readonly received: ReceivedWebhook[];
  behave(behavior: Behavior): void;
  close(): Promise<void>;
}

/** One that this process, too, may send to. */
export function startAllowedReceiver(): Promise<WebhookReceiver> {
  process.env.DAAI_WEBHOOK_ALLOWED_RANGES = "127.0.0.1";
  resetEnvCache();
  return startWebhookReceiver();
}

/** Takes webhooks on this machine, as a program of the workspace's would. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  let behavior: Behavior = 204;
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, answer) => {
    const pieces: Buffer[] = [];
    request
      .on("data", (piece: Buffer) => pieces.push(piece))
      .on("end", () => {
        const one = {
          path: request.url ?? "",
          headers: request.headers,
          rawHeaders: request.rawHeaders,
          body: Buffer.concat(pieces).toString("utf8"),
        };
        received.push(one);
        if (typeof behavior === "number") answer.writeHead(behavior).end();
        else behavior(answer, one);
      });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    behave: (next) => {
      behavior = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
