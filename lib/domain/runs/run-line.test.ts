import { describe, expect, it } from "vitest";
import { lookAlikes, runLine } from "./run-line";

const action = { name: "delete_record", title: "Delete a record" };
const run = { action, sentence: "delete a record", reasoning: null, payload: {} };

describe("runLine", () => {
  it("is the sentence, when it says more than what the action is called", () => {
    expect(runLine({ ...run, sentence: "refund 5.00 EUR for SO-1", payload: { order: "SO-1" } })).toBe("refund 5.00 EUR for SO-1");
    expect(runLine({ ...run, sentence: "delete a record: 5.00 EUR", payload: { a: 1 } })).toBe("delete a record: 5.00 EUR");
  });

  it("is otherwise what is decided: the first fields of the payload", () => {
    const payload = { table: "contacts", where: { id: "4" }, soft: true };
    expect(runLine({ ...run, payload, sentence: "run delete_record" })).toBe('table: contacts, where.id: "4"');
    expect(runLine({ ...run, payload, reasoning: "Asked to." })).toBe('table: contacts, where.id: "4"');
    expect(runLine({ ...run, payload: { reasoning: "Asked to.", id: 4 }, reasoning: "Asked to." })).toBe("id: 4");
  });

  it("is the agent's reason, quoted, when there is no payload, and the title when there is nothing", () => {
    expect(runLine({ ...run, reasoning: " Asked\nto. " })).toBe("“Asked to.”");
    expect(runLine(run)).toBe("delete a record");
    expect(runLine({ ...run, reasoning: "  " })).toBe("delete a record");
  });

  it("stays on one line, however much was sent", () => {
    const line = runLine({ ...run, payload: { note: `one\ntwo ${"x".repeat(500)}` } });
    expect(line).not.toContain("\n");
    expect([...line].length).toBeLessThan(100);
    expect(line.endsWith("…")).toBe(true);
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
