import { describe, expect, it } from "vitest";
import { ERROR_CODE_NAMES, ERROR_CODES } from "./error-codes";
import { refuse } from "./refusal";

describe("ERROR_CODES", () => {
  it.each(ERROR_CODE_NAMES)("%s has a title and says what to do in plain sentences", (code) => {
    expect(code).toMatch(/^[a-z][a-z0-9_]+$/);
    expect(ERROR_CODES[code].title).toMatch(/^[A-Z][^.!]+$/);
    expect(ERROR_CODES[code].meaning).toMatch(/^[A-Z][^!]+\.$/);
  });
});

describe("refuse", () => {
  it("makes a refusal with what it is given and no more", () => {
    expect(refuse("run_not_found", "Check the id.")).toEqual({ ok: false, code: "run_not_found", detail: "Check the id." });
    expect(refuse("monthly_run_limit", "Wait.", { fields: { limit: 5 }, retryAfterSeconds: 3 })).toEqual({
      ok: false,
      code: "monthly_run_limit",
      detail: "Wait.",
      fields: { limit: 5 },
      retryAfterSeconds: 3,
    });
  });
});
