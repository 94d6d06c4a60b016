import { expectTypeOf, test } from "vitest";
import {
  type ApprovalTimeout,
  type Claim,
  DaaiClient,
  type DaaiError,
  type GovernanceStatus,
  type InterceptResult,
  type Run,
  type RunStatus,
} from "../src/index";

// Checked by tsc. The client is never called.

const client = new DaaiClient({ apiKey: "a", workspaceKey: "b" });

test("a run's state is one of a few texts", () => {
  expectTypeOf<GovernanceStatus>().toEqualTypeOf<"allowed" | "pending_approval" | "approved" | "rejected" | "blocked">();
  expectTypeOf<InterceptResult["executable"]>().toEqualTypeOf<boolean>();
  expectTypeOf<InterceptResult["claim"]>().toEqualTypeOf<Claim | null>();
  expectTypeOf<RunStatus>().toExtend<Run>();
  expectTypeOf<ApprovalTimeout>().toExtend<DaaiError>();
});

test("a governed function takes what the function takes, and returns what it resolves to", () => {
  const govern = () =>
    client.governed("a", { payload: (order, amount) => ({ order, amount }) }, async (order: string, amount: number) => ({ order, amount }));
  expectTypeOf<ReturnType<typeof govern>>().toEqualTypeOf<(order: string, amount: number) => Promise<{ order: string; amount: number }>>();
  expectTypeOf(client.governed<[{ id: string }], number>)
    .parameter(1)
    .toHaveProperty("idempotencyKey");
});

test("an execution returns what its function resolves to", () => {
  const execute = () => client.execution("id", {}, () => Promise.resolve(5));
  expectTypeOf<ReturnType<typeof execute>>().toEqualTypeOf<Promise<number>>();
});

test("a proposal needs an action and a payload", () => {
  expectTypeOf(client.intercept).parameter(0).toExtend<{ readonly action: string; readonly payload: object }>();
  expectTypeOf(client.intercept).parameter(0).not.toExtend<{ readonly payload: undefined }>();
});
