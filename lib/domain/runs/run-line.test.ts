import { describe, expect, it } from "vitest";
import { lineBesideName, lookAlikes, runLine } from "./run-line";

const run = { actionName: "delete_record", sentence: "run delete_record", reasoning: null, payload: {} };

describe("runLine", () => {
  it("is the sentence, when it says more than the name of the action", () => {
    expect(runLine({ ...run, sentence: "refund 5.00 EUR for SO-1", payload: { order: "SO-1" } })).toBe("refund 5.00 EUR for SO-1");
    expect(runLine({ ...run, sentence: "run delete_record for 5.00 EUR", payload: { a: 1 } })).toBe("run delete_record for 5.00 EUR");
  });

  it("is otherwise what is decided: the first fields of the payload", () => {
    const payload = { table: "contacts", where: { id: "4" }, soft: true };
    expect(runLine({ ...run, payload, reasoning: "Asked to." })).toBe('table: contacts, where.id: "4"');
    expect(runLine({ ...run, payload: { reasoning: "Asked to.", id: 4 }, reasoning: "Asked to." })).toBe("id: 4");
  });

  it("is the agent's reason, quoted, when there is no payload, and the name when there is nothing", () => {
    expect(runLine({ ...run, reasoning: " Asked\nto. " })).toBe("“Asked to.”");
    expect(runLine(run)).toBe("run delete_record");
    expect(runLine({ ...run, reasoning: "  " })).toBe("run delete_record");
  });

  it("stays on one line, however much was sent", () => {
    const line = runLine({ ...run, payload: { note: `one\ntwo ${"x".repeat(500)}` } });
    expect(line).not.toContain("\n");
    expect([...line].length).toBeLessThan(100);
    expect(line.endsWith("…")).toBe(true);
  });
});

describe("lineBesideName", () => {
  it("does not say the action's name once more, and leaves an action's own sentence alone", () => {
    expect(lineBesideName("refund", "run refund for 5.00 EUR, to Ada")).toBe("5.00 EUR, to Ada");
    expect(lineBesideName("refund", "run refund, to Ada")).toBe("to Ada");
    expect(lineBesideName("refund", "run refund")).toBe("");
    expect(lineBesideName("refund", "refund 5.00 EUR to Ada")).toBe("refund 5.00 EUR to Ada");
  });
});

describe("lookAlikes", () => {
  it("names the runs whose rows begin alike, and no others", () => {
    const long = "the very same beginning of a long sentence, ";
    const runs = [
      { runId: "1", line: `${long} then one` },
      { runId: "2", line: `${long} then another` },
      { runId: "3", line: "something else" },
      { runId: "4", line: "id: 1" },
      { runId: "5", line: "id: 2" },
    ];
    expect([...lookAlikes(runs, ({ line }) => line)]).toEqual(["1", "2"]);
  });
});
