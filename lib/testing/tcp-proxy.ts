import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * `drop-response`: what the client sends arrives, the answer is lost and the connection with it. `blackhole`: nothing goes
 * either way. `reset`: every connection is reset. `delay`: each piece comes late.
 */
export type TcpProxyMode = "pass" | "drop-response" | "blackhole" | "reset" | "delay";

export interface TcpProxy {
  readonly port: number;
  /** For new and for open connections, from the next byte on. */
  setMode(mode: TcpProxyMode): void;
  /**
   * Passes `count` more pieces of answers, whatever their connection, and loses the next one together with its connection:
   * then it resolves.
   */
  loseResponseAfter(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A faulty network between a client and `targetPort` on this machine. */
export async function startTcpProxy(targetPort: number, { delayMs = 100 } = {}): Promise<TcpProxy> {
  let mode: TcpProxyMode = "pass";
  let loss = { after: Infinity, happened: () => undefined as void };
  const sockets = new Set<Socket>();

  const isLost = () => {
    if (loss.after-- > 0) return false;
    loss.after = Infinity;
    loss.happened();
    return true;
  };
  const carry = (from: Socket, to: Socket, isResponse: boolean) => {
    let last = Promise.resolve();
    from.on("data", (data) => {
      if (mode === "reset") from.resetAndDestroy();
      else if (isResponse && (mode === "drop-response" || isLost())) from.destroy();
      else if (mode === "delay") last = last.then(() => sleep(delayMs)).then(() => void to.write(data));
      else if (mode !== "blackhole") last = last.then(() => void to.write(data));
    });
    from.on("error", () => undefined).on("close", () => (sockets.delete(from), to.destroy()));
    sockets.add(from);
  };

  const server = createServer((client) => {
    if (mode === "reset") return void client.resetAndDestroy();
    const target = connect(targetPort, "127.0.0.1");
    carry(client, target, false);
    carry(target, client, true);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    setMode: (next) => {
      mode = next;
      if (mode === "reset") for (const socket of sockets) socket.resetAndDestroy();
    },
    loseResponseAfter: (after) => new Promise((happened) => (loss = { after, happened })),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
