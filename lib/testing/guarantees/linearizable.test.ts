import { expect, test } from "vitest";
import { isLinearizable, type SequentialModel } from "./linearizable";

type Call = "take" | "look";
/** A thing that one can take. */
const model: SequentialModel<boolean, Call, boolean> = {
  initial: false,
  next: (isTaken, call) => (call === "take" ? { state: true, answer: !isTaken } : { state: isTaken, answer: isTaken }),
};
const happened = (...history: [call: Call, answer: boolean, calledAt: number, answeredAt: number][]) =>
  isLinearizable(
    model,
    history.map(([call, answer, calledAt, answeredAt]) => ({ call, answer, calledAt, answeredAt })),
  );

test.each([
  ["one takes it", true, [["take", true, 0, 1]]],
  [
    "two at once, one of whom gets it",
    true,
    [
      ["take", false, 0, 2],
      ["take", true, 1, 3],
    ],
  ],
  [
    "two at once, who both get it",
    false,
    [
      ["take", true, 0, 2],
      ["take", true, 1, 3],
    ],
  ],
  ["nobody gets it", false, [["take", false, 0, 1]]],
  [
    "the first is refused for the sake of one who came after its answer",
    false,
    [
      ["take", false, 0, 1],
      ["take", true, 2, 3],
    ],
  ],
  [
    "it is seen taken while that is being done",
    true,
    [
      ["take", true, 0, 3],
      ["look", true, 1, 2],
    ],
  ],
  [
    "it is seen free after that was done",
    false,
    [
      ["take", true, 0, 1],
      ["look", false, 2, 3],
    ],
  ],
  [
    "it is seen taken, and then free",
    false,
    [
      ["take", true, 0, 5],
      ["look", true, 1, 2],
      ["look", false, 3, 4],
    ],
  ],
] as [string, boolean, [Call, boolean, number, number][]][])("%s: %s", (_, isPossible, history) => {
  expect(happened(...history)).toBe(isPossible);
});
