import { validate, version } from "uuid";
import { describe, expect, it } from "vitest";
import { requestIdOf } from "./request-id";

describe("requestIdOf", () => {
  it.each(["a", "0193e4c2-7b0e-7cc1-8d5f-0a1b2c3d4e5f", "svc:order.42_x", "x".repeat(128)])("echoes %s", (id) => {
    expect(requestIdOf({ "x-request-id": id })).toBe(id);
  });

  it.each([undefined, "", "x".repeat(129), "a b", "a\nb", "<script>", "a,b", "ä", 'a"b'])("replaces %j", (id) => {
    const made = requestIdOf({ "x-request-id": id });
    expect(validate(made) && version(made) === 7).toBe(true);
  });
});
