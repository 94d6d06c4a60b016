import { expect, test } from "vitest";
import { batchQueue } from "./batch-queue";
import { DatabaseUnresponsiveError } from "./fail-fast-if-database-down";

interface Call {
  readonly items: number[];
  readonly answer: (results: string[]) => void;
  readonly fail: (error: unknown) => void;
}

/** A queue whose round trips end when the test says so. */
function makeQueue({ maxItems = 3, maxBatches = 2 } = {}) {
  const calls: Call[] = [];
  const ask = batchQueue<number, string>({
    maxItems,
    maxBatches,
    run: (items) => new Promise((answer, fail) => void calls.push({ items, answer, fail })),
  });
  const sent = () => calls.map(({ items }) => items);
  const call = (index: number): Call => {
    const found = calls[index];
    if (!found) throw new RangeError(`call ${index} was not made`);
    return found;
  };
  return { ask, sent, call };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const named = (items: number[]) => items.map((item) => `answer ${item}`);

test("items of one turn share a round trip and get their own answers", async () => {
  const { ask, sent, call } = makeQueue();
  const answers = Promise.all([1, 2, 3].map(ask));
  expect(sent()).toEqual([]);
  await nextTurn();
  expect(sent()).toEqual([[1, 2, 3]]);
  call(0).answer(["one", "two", "three"]);
  expect(await answers).toEqual(["one", "two", "three"]);
});

test("no batch is larger than allowed, and no more are under way than allowed", async () => {
  const { ask, sent, call } = makeQueue();
  const answers = Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(ask));
  await nextTurn();
  expect(sent()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  call(1).answer(named([4, 5, 6]));
  await nextTurn();
  expect(sent()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8],
  ]);
  call(0).answer(named([1, 2, 3]));
  call(2).answer(named([7, 8]));
  expect(await answers).toEqual(named([1, 2, 3, 4, 5, 6, 7, 8]));
});

test("what comes while the database is busy gathers, and goes before the answers are looked at", async () => {
  const { ask, sent, call } = makeQueue({ maxBatches: 1 });
  const first = ask(1).then(() => sent());
  await nextTurn();
  const others = [2, 3].map(ask);
  await nextTurn();
  expect(sent()).toEqual([[1]]);
  call(0).answer(["one"]);
  expect(await first).toEqual([[1], [2, 3]]);
  call(1).answer(named([2, 3]));
  expect(await Promise.all(others)).toEqual(named([2, 3]));
});

test("an item that makes its batch fail fails alone", async () => {
  const { ask, sent, call } = makeQueue();
  const settled = Promise.allSettled([1, 2, 3].map(ask));
  await nextTurn();
  call(0).fail(new Error("2 is bad"));
  await nextTurn();
  call(1).answer(["one"]);
  await nextTurn();
  call(2).fail(new Error("2 is bad"));
  await nextTurn();
  call(3).answer(["three"]);
  expect(await settled).toEqual([
    { status: "fulfilled", value: "one" },
    { status: "rejected", reason: new Error("2 is bad") },
    { status: "fulfilled", value: "three" },
  ]);
  expect(sent()).toEqual([[1, 2, 3], [1], [2], [3]]);
});

test("a lost connection fails the batch, and only that", async () => {
  const { ask, sent, call } = makeQueue({ maxItems: 2, maxBatches: 1 });
  const settled = Promise.allSettled([1, 2, 3].map(ask));
  await nextTurn();
  call(0).fail(Object.assign(new Error("gone"), { code: "ECONNRESET" }));
  await nextTurn();
  expect(sent()).toEqual([[1, 2], [3]]);
  call(1).answer(["three"]);
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
});

test("a silent database fails everything that waits for it", async () => {
  const { ask, sent, call } = makeQueue({ maxItems: 2, maxBatches: 1 });
  const settled = Promise.allSettled([1, 2, 3, 4, 5].map(ask));
  await nextTurn();
  call(0).fail(new DatabaseUnresponsiveError("The database does not answer."));
  expect((await settled).map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
  expect(sent()).toEqual([[1, 2]]);
  const later = ask(6);
  await nextTurn();
  call(1).answer(["six"]);
  expect(await later).toBe("six");
});
