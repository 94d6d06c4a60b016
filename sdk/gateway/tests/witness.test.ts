import { expect, onTestFinished, test, vi } from "vitest";
import { HONEST, LogConsole } from "../../typescript/tests/log-console";
import { openGateway, PAID, textOf } from "./test-gateway";

// A gateway that is a witness, in front of a console whose log shrinks.
const shrink = (log: LogConsole) => {
  log.receipts = HONEST.slice(0, 7);
  log.wait();
};

async function open(onCall: (log: LogConsole) => void = () => {}, waitSeconds = 0) {
  const log = new LogConsole();
  const client = await log.witness();
  const options = { console: log.fake, client, waitSeconds, onCall: () => (onCall(log), PAID) };
  return { log, gateway: openGateway(options) };
}

const DISTRUST =
  "The console's receipt log contradicts the checkpoint that the gateway keeps, so its decisions can't be trusted. Not executed. Tell the person who runs the gateway.";

test("no call is forwarded once the log was tampered with, and its claim is released", async () => {
  const { log, gateway } = await open();
  expect(await gateway.call("pay", { amount: 1 })).toEqual(PAID);
  // The report comes after the result.
  await vi.waitFor(() => expect(gateway.runs.at(-1)?.execution).toBe("executed"));
  shrink(log);
  for (const amount of [2, 3]) expect(textOf(await gateway.call("pay", { amount }))).toBe(DISTRUST);
  expect(gateway.calls).toHaveLength(1);
  expect(gateway.runs.slice(2).map(({ claim }) => claim)).toEqual([null, null]);
  const found = "the receipt log contradicts the checkpoint you kept (shrank): it had 10 receipts and now has 7";
  expect(gateway.warnings).toEqual([found, found]);
  // Found again, as its operator would restore it.
  log.receipts = HONEST.slice(0, 12);
  log.wait();
  expect(await gateway.call("pay", { amount: 2 })).toEqual(PAID);
});

test("what was executed meanwhile keeps its result, and the operator reads what was found", async () => {
  const { log, gateway } = await open(shrink);
  expect(await gateway.call("pay", { amount: 1 })).toEqual(PAID);
  await vi.waitFor(() =>
    expect(gateway.warnings).toEqual([expect.stringMatching(/^after a call: LogTampered: the receipt log contradicts/)]),
  );
  expect(textOf(await gateway.call("pay", { amount: 2 }))).toBe(DISTRUST);
  const answers = gateway.lines.map((line) => JSON.parse(line) as { id?: unknown }).filter(({ id }) => id === "call-1");
  expect(answers).toHaveLength(1);
  expect(log.fake.runs.find(({ payload }) => payload["amount"] === 1)?.execution).toBe("executed");
});

test("tools that can't be proposed because of it are held, and say so without waiting for anybody", async () => {
  const { log, gateway } = await open(() => {}, 3_600);
  shrink(log);
  expect(textOf(await gateway.call("pay", { amount: 1 }))).toBe(`${DISTRUST} The tool "pay" is held.`);
  expect(gateway.calls).toEqual([]);
  onTestFinished(() => gateway.gateway.end());
});
