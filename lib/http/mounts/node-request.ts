import type { IncomingMessage, ServerResponse } from "node:http";
import { clientAddressOf } from "@/lib/auth/client-address";
import type { ApiRequest } from "@/lib/http/api-request";

/** Wraps the Node server's request as an ApiRequest. Fields are computed lazily. */
export class NodeRequest implements ApiRequest {
  readonly method: string;
  // Only set-cookie is an array, and no endpoint reads it from a request.
  readonly headers: Readonly<Record<string, string | undefined>>;
  private controller: AbortController | undefined;

  constructor(
    private readonly message: IncomingMessage,
    private readonly reply: ServerResponse,
    readonly path: string,
    readonly params: Readonly<Record<string, string>>,
  ) {
    this.method = message.method ?? "GET";
    this.headers = message.headers as Record<string, string | undefined>;
  }

  get query(): URLSearchParams {
    const { url = "" } = this.message;
    const mark = url.indexOf("?");
    return new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1));
  }

  get clientAddress(): string {
    return clientAddressOf(this.message);
  }

  get signal(): AbortSignal {
    if (this.controller) return this.controller.signal;
    const controller = (this.controller = new AbortController());
    if (this.reply.destroyed) controller.abort();
    else this.reply.once("close", () => controller.abort());
    return controller.signal;
  }

  readBody(limitBytes: number): Promise<Uint8Array | "too_large" | "incomplete"> {
    const { message } = this;
    if (Number(this.headers["content-length"] ?? 0) > limitBytes) return Promise.resolve("too_large");
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const finish = (result: Uint8Array | "too_large" | "incomplete") => {
        message.off("data", onData).off("end", onEnd).off("error", onGone).off("close", onGone);
        resolve(result);
      };
      const onData = (chunk: Buffer) => {
        length += chunk.byteLength;
        if (length <= limitBytes) return void chunks.push(chunk);
        message.pause();
        finish("too_large");
      };
      const onEnd = () => finish(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      const onGone = () => finish("incomplete");
      message.on("data", onData).on("end", onEnd).on("error", onGone).on("close", onGone);
    });
  }
}
