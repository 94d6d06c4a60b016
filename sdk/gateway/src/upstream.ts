import type { Line, RequestId } from "./messages";

/** The server behind the gateway. */
export interface Upstream {
  /** Rejects with NotSent if the server can't have seen it, with Refused if it said so. Otherwise it may have. */
  send(line: Line): Promise<void>;
  /** The client canceled a request: over HTTP of protocol 2026-07-28, its stream is closed instead. True if that was it. */
  cancel(id: RequestId): boolean;
  /** What `initialize` agreed on. */
  agreedOn(protocolVersion: string): void;
  /** No more messages will come from the client. Resolves when the server has ended. */
  end(): Promise<void>;
}

export interface UpstreamEvents {
  readonly onLine: (line: Line) => void;
  /** The server is gone, and with it every reply that is missing. */
  readonly onGone: (reason: string) => void;
  readonly warn: (message: string) => void;
}

/** The server can't have seen the message. */
export class NotSent extends Error {
  override readonly name = "NotSent";
}

/** The server rejected the message before it was a call. */
export class Refused extends Error {
  override readonly name = "Refused";
}
