// What may happen around a call of a tool.

import { Agent, defineToolInputGuardrail, RunState, ToolGuardrailFunctionOutputFactory, tool, webSearchTool } from "@openai/agents";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ActionAlreadyTaken } from "../src/index";
import { DaaiRunner } from "../src/openai-agents";
import { FakeDaai, requireApprovalAbove } from "../src/testing";
import { Disk, refund } from "./adapter-world";
import { type Details, OpenAiAgent, type RefundOptions, search } from "./openai-agents-program";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const { allow, rejectContent } = ToolGuardrailFunctionOutputFactory;

function agentWith(options: RefundOptions = {}, onWarning: (message: string) => void = () => undefined) {
  const fake = new FakeDaai({ policies: { refund_customer: requireApprovalAbove(500) } });
  const disk = new Disk();
  const ledger: unknown[] = [];
  const client = fake.client({ onWarning });
  return { fake, disk, ledger, agent: new OpenAiAgent(client, disk, ledger, options) };
}

const fails = () => {
  throw new RangeError("the bank said no");
};

describe("a governed tool of the OpenAI Agents SDK", () => {
  it("reports and throws a failure that isn't for the model", async () => {
    const { agent, fake } = agentWith({ execute: fails, errorFunction: null });
    await expect(agent.start(refund("A", 80))).rejects.toThrow("the bank said no");
    expect(fake.runs[0]?.executionError).toBe("RangeError: the bank said no");
  });

  it("tells what an app says of a failure", async () => {
    const { agent, fake } = agentWith({ execute: fails, errorFunction: (_context, error) => `Sorry: ${(error as Error).message}` });
    await agent.start(refund("A", 80));
    expect([agent.told(), fake.runs[0]?.executionStatus]).toEqual([["Sorry: the bank said no"], "failed"]);
  });

  it.each(["{", "[]", '"A"'])("isn't proposed with the arguments %s", async (args) => {
    const { agent, fake } = agentWith();
    await agent.start({ name: "refund", args, id: "c1" });
    expect(agent.told()).toEqual([expect.stringMatching(/JSON/)]);
    fake.expectNothingProposed();
  });

  it("is released if it isn't run", async () => {
    const refuse = defineToolInputGuardrail({ name: "refuse", run: async () => rejectContent("Not on Sundays.") });
    const { agent, fake, ledger } = agentWith({ inputGuardrails: [refuse] });
    await agent.start(refund("A", 80));
    expect([agent.told(), ledger]).toEqual([["Not on Sundays."], []]);
    const status = await fake.client().status(fake.runs[0]?.id ?? "");
    expect([status.claimed, status.executionStatus]).toEqual([false, "awaiting_execution_report"]);
  });

  it("doesn't run if its claim is lost before it begins", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    let warn: (message: string) => void = () => undefined;
    const warned = new Promise<string>((resolve) => {
      warn = resolve;
    });
    const takeLong = defineToolInputGuardrail({
      name: "take_long",
      run: async () => {
        fake.clock.advance({ minutes: 2 });
        fake.settle(fake.runs[0]?.id ?? "", "released");
        vi.advanceTimersByTime(20_000);
        expect(await warned).toContain("is lost");
        return allow();
      },
    });
    const { agent, fake, ledger } = agentWith({ inputGuardrails: [takeLong] }, warn);
    await expect(agent.start(refund("A", 80))).rejects.toThrow(ActionAlreadyTaken);
    expect(ledger).toEqual([]);
  });

  it("doesn't run if two calls have the same id", async () => {
    const { agent, fake, ledger } = agentWith();
    // Newer versions see it themselves.
    await expect(agent.start(refund("A", 80), refund("B", 90))).rejects.toThrow(/same id|call ID/i);
    expect(ledger).toEqual([]);
    for (const { id } of fake.runs) expect((await fake.client().status(id)).claimed).toBe(false);
  });

  it("isn't asked about forever if the framework doesn't make the call", async () => {
    vi.spyOn(RunState.prototype, "approve").mockReturnValue();
    const { agent, fake } = agentWith();
    await expect(agent.start(refund("A", 80))).rejects.toThrow("didn't make a call");
    expect((await fake.client().status(fake.runs[0]?.id ?? "")).claimed).toBe(false);
  });

  it("is in doubt if it times out", async () => {
    const execute = (_input: unknown, _context: unknown, details: Details) =>
      new Promise((_, reject) => {
        details?.signal?.addEventListener("abort", () => reject(details.signal?.reason as Error));
      });
    const { agent, fake } = agentWith({ execute, timeoutMs: 10 });
    await agent.start(refund("A", 80));
    expect(agent.told()).toEqual([expect.stringContaining("timed out")]);
    const status = await fake.client().status(fake.runs[0]?.id ?? "");
    expect([status.claimed, status.executionStatus]).toEqual([true, "awaiting_execution_report"]);
  });

  it("tells of a change beside an image", async () => {
    const seen: unknown[] = [];
    const execute = (_input: unknown, _context: unknown, details: Details) => {
      seen.push(details?.toolCall?.arguments);
      return { type: "image", image: "https://example.com/receipt.png" };
    };
    const { agent, fake, disk } = agentWith({ execute });
    await agent.start(refund("A", 1840));
    const [runId = ""] = disk.pauses.keys();
    fake.decide(runId, "approve", "Only 1,480.", { by: "ann@example.com", change: { amount: 1480 } });
    await agent.resume(runId);
    expect(agent.told()).toEqual([
      [
        expect.objectContaining({ text: 'Approved with a change by ann@example.com: "Only 1,480." Changed amount to 1480.' }),
        expect.objectContaining({ type: "input_image", image: "https://example.com/receipt.png" }),
      ],
    ]);
    expect(seen).toEqual(['{"order":"A","amount":1480}']);
  });

  it("tells of a change before an object", async () => {
    const { agent, fake, disk } = agentWith({ execute: ({ amount }: { amount: number }) => ({ refunded: amount }) });
    await agent.start(refund("A", 1840));
    const [runId = ""] = disk.pauses.keys();
    fake.decide(runId, "approve", "Only 1,480.", { by: "ann@example.com", change: { amount: 1480 } });
    await agent.resume(runId);
    expect(agent.told()).toEqual([expect.stringMatching(/Changed amount to 1480\.\n\n\{"refunded":1480\}$/)]);
    expect(fake.runs[0]?.executionResult).toEqual({ refunded: 1480 });
  });

  it("is the only kind that an agent may have, unless it's named", async () => {
    const { agent, fake, disk } = agentWith();
    const governed = new DaaiRunner(fake.client(), disk.pauses, { ungoverned: ["search"] });
    const added = tool({ name: "refund", description: "", parameters: z.object({}), execute: () => "refunded" });
    const { model } = agent;
    const refuses = (made: Agent) => expect(governed.run(made, "Refund it.")).rejects.toThrow("isn't governed");
    await refuses(new Agent({ name: "Refunds", model, tools: [added] }));
    await refuses(new Agent({ name: "Refunds", model, tools: [webSearchTool()] }));
    await refuses(new Agent({ name: "Triage", model, handoffs: [new Agent({ name: "Refunds", model, tools: [added] })] }));
    // That of another runner isn't asked about by this one.
    await refuses(agent.agent);
    expect((await governed.run(new Agent({ name: "Search", model, tools: [search] }), "Find it.")).finalOutput).toBe("done");
    fake.expectNothingProposed();
  });

  it("is made with what the console can govern", async () => {
    const { fake, disk, agent } = agentWith();
    expect(() => agentWith({ needsApproval: true })).toThrow("approval of its own");
    expect(() => agentWith({ outputSchema: z.object({}) } as object)).toThrow("output schema");
    expect(() => agentWith({ name: "search" })).toThrow("search is ungoverned");
    expect(() => new DaaiRunner(fake.client(), disk.pauses, { ungoverned: "search" as never })).toThrow("several tools");
    // It would wait for an approval that nobody can give.
    const added = tool({ name: "look", description: "", parameters: z.object({}), needsApproval: true, execute: () => "seen" });
    const governed = new DaaiRunner(fake.client(), disk.pauses, { ungoverned: ["look"] });
    agent.model.willCall({ name: "look", args: {}, id: "c1" });
    const made = new Agent({ name: "Look", model: agent.model, tools: [added] });
    await expect(governed.run(made, "Look.")).rejects.toThrow("nobody can give it");
  });
});
