import { describe, expect, test } from "vitest";
import { type BatchQueueOptions, batchQueue } from "./batch-queue";
import { DatabaseUnresponsiveError } from "./fail-fast-if-database-down";

interface Call {
  readonly items: number[];
  readonly answer: (results: string[]) => void;
  readonly fail: (error: unknown) => void;
}

/** A queue whose round trips end when the test says so. */
function makeQueue({ maxItems = 3, maxBatches = 2, ownerOf }: Partial<Omit<BatchQueueOptions<number, string>, "run">> = {}) {
  const calls: Call[] = [];
  const ask = batchQueue<number, string>({
    maxItems,
    maxBatches,
    ...(ownerOf && { ownerOf }),
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

describe("items of several owners", () => {
  /** Those of owner A are 100 to 199, of B 200 to 299, and so on. */
  const ownerOf = (item: number) => String(Math.floor(item / 100));
  const range = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);

  test("have equal parts of a batch, and an owner alone has all of it", async () => {
    const { ask, sent, call } = makeQueue({ maxItems: 6, maxBatches: 1, ownerOf });
    const answers = Promise.all([...range(100, 8), 200, 300, 301, 302].map(ask));
    await nextTurn();
    expect(sent()).toEqual([[100, 101, 200, 300, 301]]);
    call(0).answer(named([100, 101, 200, 300, 301]));
    await nextTurn();
    expect(sent()[1]).toEqual([102, 103, 104, 302]);
    call(1).answer(named([102, 103, 104, 302]));
    await nextTurn();
    expect(sent()[2]).toEqual([105, 106, 107]);
    call(2).answer(named([105, 106, 107]));
    expect(await answers).toHaveLength(12);
  });

  test("don't wait behind an owner who has taken every place", async () => {
    const { ask, sent, call } = makeQueue({ ownerOf });
    const flood = Promise.all(range(100, 9).map(ask));
    await nextTurn();
    const others = Promise.all([200, 300].map(ask));
    await nextTurn();
    // A place beside the two, and none for the flood.
    expect(sent()).toEqual([range(100, 3), range(103, 3), [200, 300]]);
    call(2).answer(named([200, 300]));
    expect(await others).toEqual(named([200, 300]));
    await nextTurn();
    expect(sent()).toHaveLength(3);
    call(0).answer(named(range(100, 3)));
    await nextTurn();
    expect(sent()[3]).toEqual(range(106, 3));
    for (const [index, first] of [
      [1, 103],
      [3, 106],
    ] as const)
      call(index).answer(named(range(first, 3)));
    expect(await flood).toEqual(named(range(100, 9)));
  });

  test("don't share a batch with those of an owner who has one in flight", async () => {
    const { ask, sent, call } = makeQueue({ ownerOf });
    const first = ask(100);
    await nextTurn();
    const rest = Promise.all([101, 200, 102].map(ask));
    await nextTurn();
    expect(sent()).toEqual([[100], [200]]);
    call(0).answer(named([100]));
    await nextTurn();
    expect(sent()).toEqual([[100], [200], [101, 102]]);
    call(1).answer(named([200]));
    call(2).answer(named([101, 102]));
    expect(await Promise.all([first, rest])).toEqual(["answer 100", named([101, 200, 102])]);
  });

  test("all get an answer, in the order in which their owner sent them, however the batches end", async () => {
    const { ask, sent, call } = makeQueue({ maxItems: 4, ownerOf });
    const items = range(0, 300).map((n) => (n % 7 === 0 ? 200 + n / 7 : n % 11 === 0 ? 300 + n / 11 : 1_000 + n / 1_000));
    const answers = Promise.all(items.map(ask));
    for (let done = 0; done < sent().length || done === 0; done++) {
      await nextTurn();
      const { items: batch, answer } = call(done);
      answer(named(batch));
      await nextTurn();
    }
    expect(await answers).toEqual(named(items));
    for (const owner of new Set(items.map(ownerOf))) {
      const of = (all: number[]) => all.filter((item) => ownerOf(item) === owner);
      expect(of(sent().flat())).toEqual(of(items));
    }
  });
});
