import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeWorkspace } from "@/lib/testing/factories";
import { runAdmin } from "./run-admin";

const folder = mkdtempSync(join(tmpdir(), "daai-rules-"));

function fileOf(text: string): string {
  const path = join(mkdtempSync(join(folder, "file-")), "rules.yaml");
  writeFileSync(path, text);
  return path;
}

async function admin(...args: string[]) {
  let [out, err] = ["", ""];
  const code = await runAdmin([...args, "--json"], { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, err, document: code === 0 ? (JSON.parse(out) as Record<string, unknown>) : null };
}

const YAML = `rules:
  - name: small
    when: amount <= 100 && payload.customer.is_known
    then: allow
otherwise: ask
`;
const RULES = { rules: [{ name: "small", when: "amount <= 100 && payload.customer.is_known", then: "allow" }], otherwise: "ask" };

describe("rules from a file", () => {
  test("are registered from YAML, kept by other edits, replaced from JSON, and gone with another policy", async () => {
    const { workspaceId } = await makeWorkspace();
    const which = ["--workspace", workspaceId, "--name", "refund_customer"];
    const registered = await admin("action", "register", ...which, "--policy", "rules", "--rules", fileOf(YAML));
    expect(registered).toMatchObject({ code: 0, document: { policy_version: 1, policy: { type: "rules", rules: RULES } } });
    const titled = await admin("action", "edit", ...which, "--title", "Refund");
    expect(titled).toMatchObject({ code: 0, document: { policy_version: 1, policy: { rules: RULES } } });
    const stricter = { ...RULES, otherwise: "block" };
    const edited = await admin("action", "edit", ...which, "--rules", fileOf(JSON.stringify(stricter)));
    expect(edited).toMatchObject({ code: 0, document: { policy_version: 2, policy: { rules: stricter } } });
    const asking = YAML.replace("allow", "ask").replace(
      "otherwise",
      "    ask: { from: [ann@example.com, ben@example.com], approvals: 2 }\notherwise",
    );
    const own = [{ rule: "small", approvals: 2, people: ["ann@example.com", "ben@example.com"] }];
    const asked = await admin("action", "edit", ...which, "--rules", fileOf(asking));
    expect(asked).toMatchObject({ code: 0, document: { policy_version: 3, rule_approvers: own } });
    const kept = await admin("action", "edit", ...which, "--title", "Refund a customer");
    expect(kept).toMatchObject({ code: 0, document: { policy_version: 3, rule_approvers: own } });
    const fixed = await admin("action", "edit", ...which, "--policy", "always_block");
    expect(fixed.document?.policy).toEqual({
      type: "always_block",
      threshold: null,
      currency: null,
      amount_field: "amount",
      currency_field: "currency",
    });
  });

  test.each([
    ["rules: [", /isn't valid YAML: .*\.\n$/],
    [
      YAML.replace("payload.customer", "customer"),
      /doesn't contain valid rules: rules\.0\.when Column 18: customer isn't known here\..*\.\n$/,
    ],
    [YAML.replace("then: allow", "then: execute"), /rules\.0\.then must be allow, ask or block\.\n$/],
    [
      YAML.replace("otherwise", "    ask: { from: [ann@example.com] }\notherwise"),
      /doesn't contain valid rules: rules\.0\.ask is only for rules with then: ask\.\n$/,
    ],
    ["otherwise: ask\n", /doesn't contain valid rules: rules must be a list of rules\.\n$/],
  ])("are refused in one sentence: %j", async (text, sentence) => {
    const { workspaceId } = await makeWorkspace();
    const { code, err } = await admin(
      ...["action", "register", "--workspace", workspaceId, "--name", "refund_customer", "--policy", "rules", "--rules", fileOf(text)],
    );
    expect(code).toBe(1);
    expect(err).toMatch(sentence);
    expect(err.trimEnd()).not.toContain("\n");
  });

  test("need a file that is there", async () => {
    const { workspaceId } = await makeWorkspace();
    const { err } = await admin(
      ...["action", "register", "--workspace", workspaceId, "--name", "refund", "--policy", "rules", "--rules", join(folder, "none.yaml")],
    );
    expect(err).toMatch(/none\.yaml can't be read: ENOENT.*\.\n$/);
  });
});
