import { afterEach, describe, expect, it, test } from "vitest";
import {
  ActionBlocked,
  ActionPending,
  ActionRejected,
  ApprovalTimeout,
  DaaiClient,
  DaaiConnectionError,
  DaaiTooSoonError,
} from "../src/index";
import { approveAll, block, FakeDaai, nobody, reject, requireApprovalAbove } from "../src/testing";
import { KEYS } from "./test-client";

const ASK = { pay: "always_require_approval" } as const;

/** Pays if it may. */
const pay = (fake: FakeDaai, payload: object, waitSeconds?: number) =>
  fake.client().governed("pay", { payload, waitSeconds }, () => "paid")();

describe("people", () => {
  it("answer in the order of the list what is theirs", async () => {
    const people = [
      nobody({ action: "pay", when: ({ amount }) => Number(amount) > 1000 }),
      reject("Not yet.", { by: "ann@example.com", times: 1 }),
      block("Never.", { action: "wipe" }),
      approveAll({ by: "ben@example.com", comment: "Fine." }),
    ];
    const fake = new FakeDaai({ policies: { ...ASK, wipe: "always_require_approval" }, people });
    await expect(pay(fake, { amount: 1 })).rejects.toThrow('Rejected by ann@example.com: "Not yet."');
    expect(await pay(fake, { amount: 2 })).toBe("paid");
    await expect(fake.client().governed("wipe", { payload: {} }, () => 1)()).rejects.toThrow(ActionBlocked);
    await expect(pay(fake, { amount: 1001 })).rejects.toThrow(ActionPending);
    expect(fake.runs.map(({ governanceStatus }) => governanceStatus)).toEqual(["rejected", "approved", "blocked", "pending_approval"]);
    expect(fake.runs[1]).toMatchObject({ decidedBy: "ben@example.com", comment: "Fine.", executionResult: { result: "paid" } });
  });

  it("take no time to wait for", async () => {
    const fake = new FakeDaai({ policies: ASK, people: [approveAll({ after: 3000 })] });
    const started = fake.clock.now.getTime();
    await expect(pay(fake, {}, 600)).rejects.toThrow(ApprovalTimeout);
    expect(fake.clock.now.getTime() - started).toBe(600_000);
    await fake.client().execution(fake.runs[0]?.id ?? "", { waitSeconds: 3600 }, ({ payload }) => expect(payload).toEqual({}));
    expect(fake.clock.now.getTime() - started).toBe(3_000_000);
  });

  it("who never come let the request expire", async () => {
    const fake = new FakeDaai();
    fake.register("pay", "always_require_approval", { windowSeconds: 600 });
    const { actionRunId } = await fake.client().intercept({ action: "pay", payload: {} });
    const status = await fake.client().wait(actionRunId);
    expect(status).toMatchObject({ governanceReason: "approval_expired", decidedAt: "2026-01-01T00:10:00.000Z" });
  });

  it("who come later answer what is pending", async () => {
    const fake = new FakeDaai({ policies: ASK });
    const { actionRunId } = await fake.client().intercept({ action: "pay", payload: {} });
    expect((await fake.client().status(actionRunId)).governanceStatus).toBe("pending_approval");
    fake.people = [approveAll()];
    expect((await fake.client().status(actionRunId)).governanceStatus).toBe("approved");
  });

  it("can't do what the console refuses", async () => {
    const fake = new FakeDaai({ policies: ASK });
    const { actionRunId } = await fake.client().intercept({ action: "pay", payload: {} });
    expect(() => fake.settle(actionRunId, "executed")).toThrow("isn't in doubt");
    expect(() => fake.revoke(actionRunId)).toThrow("isn't approved");
    fake.decide(actionRunId, "approve");
    expect(() => fake.decide(actionRunId, "reject")).toThrow("isn't pending");
    await fake.client().claim(actionRunId, { worker: "w" });
    expect(() => fake.revoke(actionRunId)).toThrow("was claimed or reported");
    expect(() => fake.decide("nothing", "approve")).toThrow("there is no run");
  });
});

describe("policies", () => {
  it.each([
    [500, "within_threshold"],
    ["500.00", "within_threshold"],
    ["500.01", "above_threshold"],
    ["1,250", "invalid_requires_approval"],
    [-5, "invalid_requires_approval"],
    [true, "invalid_requires_approval"],
    ["1e21", "invalid_requires_approval"],
    [undefined, "missing_requires_approval"],
  ])("read the amount %j as the console does", async (amount, reason) => {
    const fake = new FakeDaai({ policies: { pay: requireApprovalAbove(500, "order.amount") } });
    const run = await fake.client().intercept({ action: "pay", payload: { order: { amount } } });
    expect(run.governanceReason).toBe(`policy_amount_${reason}`);
  });

  it("can be a function, and never let through what they can't read", async () => {
    const byCurrency = (payload: { readonly [name: string]: unknown }) => {
      const known = ({ EUR: "allow", USD: "ask", XXX: "block" } as const)[String(payload["currency"])];
      if (known === undefined) throw new Error("unknown currency");
      return known;
    };
    const fake = new FakeDaai({ policies: { pay: byCurrency } });
    const runs = [];
    for (const currency of ["EUR", "USD", "XXX", "?"]) runs.push(await fake.client().intercept({ action: "pay", payload: { currency } }));
    expect(runs.map(({ governanceReason }) => governanceReason)).toEqual([
      "rule_allowed",
      "rule_requires_approval",
      "rule_blocked",
      "rule_unreadable_requires_approval",
    ]);
    expect(new Set(runs.map(({ policyRule }) => policyRule))).toEqual(new Set(["byCurrency"]));
    expect(() => fake.register("pay", "always_alow" as "always_allow")).toThrow('"always_alow" is no policy');
  });

  it("hold off the same request during a cool-down", async () => {
    const fake = new FakeDaai({ people: [reject("No.", { by: "ann@example.com" })] });
    fake.register("pay", "always_require_approval", { coolDownSeconds: 60 });
    await expect(pay(fake, {})).rejects.toThrow(ActionRejected);
    const early = pay(fake, {});
    await expect(early).rejects.toThrow(DaaiTooSoonError);
    await expect(early).rejects.toMatchObject({ askAgainAt: "2026-01-01T00:01:00.000Z" });
    fake.clock.advance({ minutes: 1 });
    await expect(pay(fake, {})).rejects.toThrow(ActionRejected);
  });

  it("of an inactive action run nothing", async () => {
    const fake = new FakeDaai({ policies: { pay: "always_allow" } });
    const { actionRunId } = await fake.client().intercept({ action: "pay", payload: {} });
    fake.register("pay", "always_allow", { active: false });
    await expect(fake.client().claim(actionRunId, { worker: "w" })).rejects.toThrow("action_inactive");
    expect((await fake.client().intercept({ action: "pay", payload: {} })).governanceReason).toBe("inactive_action");
  });
});

describe("a claim that expired", () => {
  it.each([
    ["executed", "executed"],
    ["failed", "failed"],
    ["released", "awaiting_execution_report"],
  ] as const)("leaves the run in doubt until a person settles it as %s", async (outcome, executionStatus) => {
    const fake = new FakeDaai({ policies: { pay: "always_allow" } });
    const { actionRunId } = await fake.client().intercept({ action: "pay", payload: {}, claim: { worker: "w" } });
    fake.clock.advance({ seconds: 60 });
    expect((await fake.client().status(actionRunId)).inDoubt).toBe(true);
    expect(fake.settle(actionRunId, outcome).executionStatus).toBe(executionStatus);
    expect((await fake.client().status(actionRunId)).executable).toBe(outcome === "released");
  });

  it("is given out again if its executor is idempotent", async () => {
    const fake = new FakeDaai();
    fake.register("pay", "always_allow", { autoReleasesClaims: true });
    const { actionRunId } = await fake.client().intercept({ action: "pay", payload: { amount: 1 }, claim: { worker: "w" } });
    fake.clock.advance({ seconds: 60 });
    expect((await fake.client().claim(actionRunId, { worker: "w2" })).payload).toEqual({ amount: 1 });
  });
});

test("a console that is down runs nothing", async () => {
  const fake = new FakeDaai({ policies: { pay: "always_allow" } });
  fake.isDown = true;
  await expect(pay(fake, {})).rejects.toThrow(DaaiConnectionError);
  fake.isDown = false;
  fake.expectNothingProposed();
  expect(await pay(fake, {})).toBe("paid");
});

test("what was proposed is found or listed", async () => {
  const fake = new FakeDaai({ policies: { pay: "always_allow" } });
  expect(() => fake.expectProposed("pay")).toThrow("expected pay once, found it 0 times. Nothing was proposed.");
  await pay(fake, { b: 2, a: 1 });
  expect(fake.expectProposed("pay", { payload: { a: 1, b: 2 } }).executionStatus).toBe("executed");
  expect(() => fake.expectProposed("pay", { payload: { a: 1 } })).toThrow('pay {"b":2,"a":1}: allowed, executed');
  await pay(fake, {});
  expect(() => fake.expectProposed("pay")).toThrow("expected pay once, found it 2 times");
  expect(fake.expectProposed("pay", { times: 2 }).payload).toEqual({});
  expect(() => fake.expectNothingProposed()).toThrow("Proposed:");
});

describe("a fake that is installed", () => {
  const fake = new FakeDaai({ policies: ASK, people: [approveAll({ after: 500 })] });
  afterEach(() => fake.uninstall());

  it("is what every client of the process talks to, whenever it was made", async () => {
    const early = new DaaiClient(KEYS);
    const governed = early.governed("pay", { waitSeconds: 600 }, ({ amount }: { amount: number }) => amount);
    process.env["DAAI_BASE_URL"] = "http://127.0.0.1:9/api";
    fake.install();
    expect(await governed({ amount: 1 })).toBe(1);
    expect((await new DaaiClient().intercept({ action: "pay", payload: {} })).actionRunId).toBe(fake.runs[1]?.id);
    expect(() => new FakeDaai().install()).toThrow("another FakeDaai is installed");
    fake.uninstall();
    expect(process.env["DAAI_BASE_URL"]).toBe("http://127.0.0.1:9/api");
    expect(process.env["DAAI_API_KEY"]).toBeUndefined();
    delete process.env["DAAI_BASE_URL"];
    expect(fake.runs.length).toBe(2);
    const broken = new DaaiClient({ ...KEYS, fetch: () => Promise.reject(new TypeError("its own")) });
    fake.install();
    await expect(broken.intercept({ action: "pay", payload: {} })).rejects.toThrow("its own");
    expect(fake.runs.length).toBe(2);
  });
});
