import { expect, it } from "vitest";
import { inTurn } from "./in-turn";

it("lets the first speak at once, and the others when those before them are done", () => {
  let heard = "";
  const begin = inTurn((text) => void (heard += text));
  const [first, second, third] = [begin(), begin(), begin()];
  third.write("5");
  second.write("3");
  first.write("1");
  expect(heard).toBe("1");
  second.done();
  first.write("2");
  expect(heard).toBe("12");
  first.done();
  expect(heard).toBe("1235");
  third.write("6");
  third.done();
  begin().write("7");
  expect(heard).toBe("123567");
});
