import { expect, test } from "vitest";
import { onePage } from "./one-page";

const rows = (count: number) => Array.from({ length: count }, (_, place) => ({ id: `${count - place}` }));

test.each([
  ["none", 0, [], null],
  ["fewer than a page", 2, ["2", "1"], null],
  ["just a page", 3, ["3", "2", "1"], null],
  ["one more", 4, ["4", "3", "2"], "2"],
])("of %s, shows a page at most and says how to go on", (_, count, ids, next) => {
  const page = onePage(rows(count), 3, ({ id }) => id);
  expect({ ids: page.shown.map(({ id }) => id), next: page.next }).toEqual({ ids, next });
});
