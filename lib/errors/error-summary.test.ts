import { describe, expect, it } from "vitest";
import { summarizeError } from "./error-summary";

class DriverError extends Error {
  readonly code = "22P02";
}

describe("summarizeError", () => {
  it("keeps what helps", () => {
    const summary = summarizeError(new TypeError("x is undefined"));
    expect(summary).toMatchObject({ name: "TypeError", message: "x is undefined" });
    expect(summary.frames?.[0]).toContain("error-summary.test.ts");
  });

  it("drops the words of drivers and parsers, which may quote a payload", () => {
    const driver = new DriverError('invalid input syntax for type json: "swordfish\n    on two lines"');
    const errors = [driver, new Error("failed", { cause: driver }), catchSyntaxError("swordfish"), "swordfish"];
    for (const error of errors) expect(JSON.stringify(summarizeError(error))).not.toContain("swordfish");
    expect(summarizeError(errors[1])).toMatchObject({ message: "failed", cause: { name: "DriverError", code: "22P02" } });
  });

  it("ends with a cause that is its own cause", () => {
    const error = new Error("round");
    error.cause = error;
    expect(summarizeError(error).cause?.cause?.cause?.cause).toBeUndefined();
  });
});

function catchSyntaxError(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return error;
  }
}
