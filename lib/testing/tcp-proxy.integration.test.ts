import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy";

let proxy: TcpProxy;
let received: string[];
const echo = createServer((socket) =>
  socket.on("error", () => undefined).on("data", (data) => (received.push(data.toString()), socket.write(data))),
);

beforeEach(async () => {
  received = [];
  if (!echo.listening) await once(echo.listen(0, "127.0.0.1"), "listening");
  proxy = await startTcpProxy((echo.address() as AddressInfo).port, { delayMs: 5 });
});

afterEach(() => proxy.close());

async function open(): Promise<Socket> {
  const socket = connect(proxy.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

it.each(["pass", "delay"] as const)("%s carries both ways, in order", async (mode) => {
  proxy.setMode(mode);
  const socket = await open();
  let answer = "";
  socket.on("data", (data) => (answer += data.toString()));
  for (const letter of "abc") socket.write(letter);
  while (answer.length < 3) await once(socket, "data");
  expect(answer).toBe("abc");
});

it("drop-response delivers the request and loses the answer with the connection", async () => {
  proxy.setMode("drop-response");
  const socket = await open();
  let answer = "";
  socket.on("data", (data) => (answer += data.toString()));
  socket.write("hello");
  await once(socket, "close");
  expect({ received, answer }).toEqual({ received: ["hello"], answer: "" });
});

it("reset ends open and new connections with an error", async () => {
  const before = await open();
  proxy.setMode("reset");
  await expect(once(before, "close")).rejects.toMatchObject({ code: "ECONNRESET" });
  const after = connect(proxy.port, "127.0.0.1");
  await expect(once(after, "close")).rejects.toMatchObject({ code: "ECONNRESET" });
});

it("blackhole carries nothing, and the connection stays open", async () => {
  const socket = await open();
  proxy.setMode("blackhole");
  socket.write("lost");
  const other = await open();
  proxy.setMode("pass");
  other.write("kept");
  await once(other, "data");
  expect(received).not.toContain("lost");
  expect(socket.destroyed).toBe(false);
});
