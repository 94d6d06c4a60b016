import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout as after } from "node:timers/promises";
import { type MailBehavior, SLOW_MS } from "./mail-behavior";

export interface SentMail {
  readonly key: string;
  readonly id: string;
  readonly body: {
    to: string;
    from: string;
    subject: string;
    html: string;
    text: string;
    headers?: Record<string, string>;
    tags: { name: string; value: string }[];
  };
}

export interface ResendStandIn {
  readonly url: string;
  /** What has gone out to people, each as often as it did. */
  readonly sent: SentMail[];
  /** Requests left without a response that the client hasn't aborted. */
  readonly hanging: ReadonlySet<ServerResponse>;
  behavior: () => MailBehavior;
  stop(): Promise<void>;
}

/** Resend's POST /emails as its documentation has it, with idempotency keys: a key that was taken sends nothing again. */
export async function startResendStandIn(): Promise<ResendStandIn> {
  const taken = new Map<string, { text: string; id: string }>();
  const working = new Set<string>();
  const hanging = new Set<ServerResponse>();
  const standIn = { sent: [] as SentMail[], hanging, behavior: (): MailBehavior => "take" };

  async function answer(key: string, body: SentMail["body"], response: ServerResponse): Promise<void> {
    const text = JSON.stringify(body);
    const known = taken.get(key);
    if (working.has(key)) return refuse(response, 409, "concurrent_idempotent_requests");
    if (known) return known.text === text ? reply(response, 200, { id: known.id }) : refuse(response, 409, "invalid_idempotent_request");
    working.add(key);
    const behavior = standIn.behavior();
    if (behavior === "slow") await after(SLOW_MS);
    working.delete(key);
    if (behavior === "fail") return refuse(response, 500, "internal_server_error");
    if (behavior === "busy") return refuse(response, 429, "rate_limit_exceeded", { "retry-after": "1" });
    if (behavior === "refuse") return refuse(response, 422, "validation_error");
    if (behavior === "hang") {
      if (response.destroyed) return;
      hanging.add(response);
      response.once("close", () => hanging.delete(response));
      return;
    }
    const id = randomUUID();
    taken.set(key, { text, id });
    standIn.sent.push({ key, id, body });
    if (behavior === "drop") response.destroy();
    else reply(response, 200, { id });
  }

  const server = createServer((request, response) => {
    const key = request.headers["idempotency-key"];
    const isKnown = request.method === "POST" && request.url === "/emails" && request.headers.authorization === "Bearer re_test";
    if (!isKnown || typeof key !== "string") return refuse(response, 401, "invalid_api_key");
    // A sender that was killed while it spoke has sent nothing.
    json(request).then(
      (body) => answer(key, body as SentMail["body"], response),
      () => response.destroy(),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return Object.assign(standIn, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function refuse(response: ServerResponse, statusCode: number, name: string, headers: Record<string, string> = {}): void {
  reply(response, statusCode, { statusCode, name, message: `The stand-in says ${name}.` }, headers);
}

function reply(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
