import { describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { resetEnvCache } from "@/lib/env";
import { makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { makeGuardedWorkspace } from "@/lib/testing/policy-proposals";
import { admin, json, listIn, refused } from "../try-admin";

describe("action", () => {
  test("a limit of the free plan says when the plan is only this shell's", async () => {
    const { workspaceId, ownerEmail } = await makeWorkspace();
    await getDb().user.update({ where: { email: ownerEmail }, data: { plan: null } });
    const register = (name: string) => ["action", "register", "--workspace", workspaceId, "--name", name, "--policy", "always_allow"];
    for (const name of ["first", "second", "third"]) await json(...register(name));
    const said = await refused(...register("fourth"));
    expect(said).toMatch(/the limit is 3\..* DAAI_PLAN isn't set here, so this command used the plan free\./);
    process.env.DAAI_PLAN = "free";
    resetEnvCache();
    try {
      expect(await refused(...register("fourth"))).not.toContain("DAAI_PLAN");
    } finally {
      delete process.env.DAAI_PLAN;
      resetEnvCache();
    }
  });

  test("one that nobody could approve is told of when it is registered or edited, until somebody else decides too", async () => {
    const made = await json("workspace", "create", "--owner", "alone@example.com", "--name", "Alone", "--client", "Acme");
    const which = ["--workspace", String(made.workspace_id), "--name", "wire"];
    const register = ["action", "register", ...which, "--policy", "always_require_approval", "--four-eyes"];
    const said = /^A run of wire proposed with a key created by alone@example\.com could never be approved\./;
    const { out } = await admin(...register, "--approver", "alone+2@example.com");
    expect(out.split("\n")[1]).toMatch(said);
    const edit = (...options: string[]) => json("action", "edit", ...which, ...options);
    expect((await edit("--risk", "critical")).warnings).toEqual([expect.stringMatching(said)]);
    expect(await edit("--approver", "ann@example.com")).not.toHaveProperty("warnings");
  });

  test("a change that a second person has to confirm is said to wait, and changes nothing", async () => {
    const { workspace } = await makeGuardedWorkspace();
    const which = ["--workspace", workspace.workspaceId, "--name", "pay"];
    expect(await json("action", "edit", ...which, "--policy", "always_allow")).toEqual({
      proposal_id: expect.any(String),
      status: "pending",
    });
    await json("action", "deactivate", ...which);
    const { out } = await admin("action", "activate", ...which);
    expect(out).toMatch(/^Nothing was changed yet\. .* an owner or admin has to confirm it in the console\.$/m);
    expect(await getDb().registeredAction.findFirst({ where: { workspaceId: workspace.workspaceId } })).toMatchObject({
      isActive: false,
      policyVersion: 1,
    });
  });

  test("a backtest shows what other settings would have decided, and saves nothing", async () => {
    const workspace = await makeWorkspace();
    const which = ["--workspace", workspace.workspaceId, "--name", "refund"];
    await json("action", "register", ...which, "--policy", "require_approval_above_amount", "--threshold", "100");
    await proposeOk(workspace, { action: "refund", payload: { amount: 50 } });
    const { action_run_id: runId } = await proposeOk(workspace, { action: "refund", payload: { amount: 200 } });
    const changed = await json("action", "backtest", ...which, "--threshold", "500", "--days", "7");
    expect(changed).toMatchObject({
      compared: 2,
      erased: 0,
      undecided: 0,
      changed: [
        {
          ...{ from: "pending_approval", to: "allowed", fate: "pending", count: 1 },
          runs: [{ action_run_id: runId, reason: "policy_amount_within_threshold", policy_rule: null }],
        },
      ],
    });
    const { out } = await admin("action", "backtest", ...which, "--threshold", "500");
    expect(out.split("\n").slice(0, 4)).toEqual([
      "1 of 2 runs would be decided differently.",
      "",
      "1 run would no longer require approval:",
      "  1 is still pending",
    ]);
    expect(out).toContain(`    ${runId}  `);
    expect((await json("action", "backtest", ...which)).changed).toEqual([]);
    expect(await refused("action", "backtest", ...which, "--days", "8")).toContain("7, 30, 90");
    expect((await getDb().registeredAction.findFirstOrThrow({ where: { name: "refund" } })).configVersion).toBe(1);
  });

  test("every setting can be given, changed and taken back", async () => {
    const { workspaceId } = await makeWorkspace();
    const which = ["--workspace", workspaceId, "--name", "pay_supplier"];
    const registered = await json(
      ...[
        "action",
        "register",
        ...which,
        "--policy",
        "require_approval_above_amount",
        "--threshold",
        "500",
        "--currency",
        "EUR",
        "--amount-field",
        "invoice.total",
      ],
      ...[
        "--currency-field",
        "invoice.currency",
        "--approver",
        "ada@example.com",
        "--approver",
        "Bo@example.com",
        "--risk",
        "high",
        "--description",
        "Pays.",
      ],
      ...[
        "--sentence",
        "pay {invoice.total}",
        "--recipient-field",
        "supplier.name",
        "--window-minutes",
        "90",
        "--auto-release",
        "--reject-comment",
        "--four-eyes",
      ],
    );
    expect(registered).toMatchObject({
      name: "pay_supplier",
      title: "Pay supplier",
      description: "Pays.",
      risk_level: "high",
      is_active: true,
      policy_version: 1,
      policy: {
        type: "require_approval_above_amount",
        threshold: "500",
        currency: "EUR",
        amount_field: "invoice.total",
        currency_field: "invoice.currency",
      },
      approvers: ["ada@example.com", "bo@example.com"],
      approval_window_minutes: 90,
      sentence: "pay {invoice.total}",
      recipient_field: "supplier.name",
      auto_releases_claims: true,
      requires_reject_comment: true,
      requires_four_eyes: true,
    });

    const unchanged = await json("action", "edit", ...which, "--title", "Pay a supplier");
    expect(unchanged).toEqual({ ...registered, title: "Pay a supplier" });

    const cleared = await json(
      "action",
      "edit",
      ...which,
      "--policy",
      "always_block",
      "--no-currency",
      "--no-approver",
      "--no-sentence",
      "--no-recipient-field",
      "--no-window-minutes",
      "--no-auto-release",
      "--no-reject-comment",
      "--no-four-eyes",
    );
    expect(cleared).toMatchObject({
      policy_version: 2,
      policy: { type: "always_block", threshold: null, currency: null },
      approvers: [],
      approval_window_minutes: null,
      sentence: null,
      recipient_field: null,
      auto_releases_claims: false,
      requires_reject_comment: false,
      requires_four_eyes: false,
    });
    expect(listIn(await json("action", "list", "--workspace", workspaceId), "actions")).toEqual([cleared]);
  });

  test("it is switched off and on", async () => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "export_report" });
    const which = ["--workspace", workspace.workspaceId, "--name", "export_report"];
    expect(await json("action", "deactivate", ...which)).toMatchObject({ is_active: false });
    expect(await json("action", "activate", ...which)).toMatchObject({ is_active: true });
    expect(await refused("action", "deactivate", "--workspace", workspace.workspaceId, "--name", "other")).toBe(
      "This workspace has no action named other.",
    );
  });

  test("a coding agent's starter pack is added whole, without changing what exists, or not at all", async () => {
    const workspace = await makeWorkspace({ plan: "free" });
    const which = ["--workspace", workspace.workspaceId];
    await makeAction(workspace, { name: "codex_bash", policy: { type: "always_block" } });
    expect(await json("action", "starter-pack", ...which, "--agent", "codex")).toEqual({ added: ["codex_write"] });
    expect(await json("action", "starter-pack", ...which, "--agent", "codex")).toEqual({ added: [] });
    expect(await refused("action", "starter-pack", ...which, "--agent", "claude_code")).toContain("the limit is 3");
    const actions = listIn(await json("action", "list", ...which), "actions");
    expect(actions).toMatchObject([
      { name: "codex_bash", policy: { type: "always_block" } },
      { name: "codex_write", policy: { type: "rules" } },
    ]);
    expect(await refused("action", "starter-pack", ...which, "--agent", "other")).toContain("claude_code");
  });
});
