import { type JSONRPCMessage, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { idKey, isResponse, isStateless, type Message } from "./messages";
import { NotSent, Refused, type Upstream, type UpstreamEvents } from "./upstream";

/** Of a connection that was never made: nothing can have arrived. */
const NEVER_CONNECTED = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];

/** What servers reply before they run anything. Others, such as 408 and 409, come from proxies and from servers that have begun. */
const NOT_BEGUN = [400, 401, 403, 404, 405, 406, 413, 415, 429];

/** A server that speaks Streamable HTTP. */
export async function connectHttp(url: URL, headers: Readonly<Record<string, string>>, events: UpstreamEvents): Promise<Upstream> {
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers: { ...headers } } });
  /** By the ids of the requests that have no response yet. */
  const open = new Map<string, { readonly abort: AbortController; readonly message: Message }>();
  transport.onmessage = (received) => {
    const message: Message = received;
    if (isResponse(message)) open.delete(idKey(message.id));
    events.onLine({ text: JSON.stringify(message), message, flaw: null });
  };
  transport.onerror = (error) => events.warn(`the server at ${url.origin}: ${error.message}`);
  await transport.start();
  return {
    send: async ({ message }) => {
      const key = message.id === undefined || isResponse(message) ? null : idKey(message.id);
      const abort = new AbortController();
      if (key !== null) open.set(key, { abort, message });
      try {
        await transport.send(message as JSONRPCMessage, {
          requestSignal: abort.signal,
          onRequestStreamEnd: () => {
            if (key !== null && open.delete(key)) events.onLine(endOfStream(message));
          },
        });
      } catch (error) {
        if (key !== null) open.delete(key);
        throw classify(error);
      }
    },
    cancel: (id) => {
      const request = open.get(idKey(id));
      if (!request || !isStateless(request.message.params)) return false;
      open.delete(idKey(id));
      request.abort.abort();
      return true;
    },
    agreedOn: (version) => transport.setProtocolVersion(version),
    end: async () => {
      await transport.terminateSession().catch(() => undefined);
      await transport.close();
    },
  };
}

/** The code of the error that stands for a reply that never came. */
export const LOST_REPLY = -32_070;

function endOfStream({ id }: Message) {
  const message = { jsonrpc: "2.0" as const, id, error: { code: LOST_REPLY, message: "The server ended the stream before it replied." } };
  return { text: JSON.stringify(message), message, flaw: null };
}

export function classify(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { cause, status } = error as Error & { cause?: { code?: string }; status?: number };
  if (NEVER_CONNECTED.includes(cause?.code ?? "")) return new NotSent(`no connection: ${cause?.code}`);
  if (typeof status === "number" && NOT_BEGUN.includes(status)) return new Refused(error.message);
  return error;
}
