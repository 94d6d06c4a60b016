import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { firstRunPayload, type SampledAction } from "@/lib/domain/policy/first-run-payload";
import { evaluatePolicy } from "@/lib/domain/policy/policies";
import { POLICY_TYPES, type PolicyRule, type PolicyType } from "@/lib/domain/policy/policy-types";
import { runSentence } from "@/lib/domain/policy/run-sentence";
import { npmPackagePath } from "@/lib/packages/npm-package";
import { getPythonPackage } from "@/lib/packages/python-package";
import { FIRST_ACTION, javascriptSnippet, javascriptValue, pythonSnippet, pythonValue } from "./setup-snippets";
import { DOCTOR_SNIPPET, environmentSnippet, installSnippet, npmInstallSnippet } from "./shell-snippets";

const rule = (type: PolicyType, more: Partial<PolicyRule> = {}): PolicyRule => ({
  type,
  threshold: type === "require_approval_above_amount" ? "5000" : null,
  currency: null,
  amountField: "amount",
  currencyField: "currency",
  ...more,
});
const action = (more: Partial<SampledAction> = {}): SampledAction => ({
  name: "pay_invoice",
  sentence: null,
  recipientField: null,
  rule: rule("always_require_approval"),
  ...more,
});

describe("firstRunPayload", () => {
  test.each(POLICY_TYPES)("%s: a person is asked, if this policy ever asks", (type) => {
    const outcome = evaluatePolicy(rule(type), firstRunPayload(action({ rule: rule(type) }))).outcome;
    expect(outcome).toBe(
      type === "always_allow" || type === "log_only" ? "allowed" : type === "always_block" ? "blocked" : "pending_approval",
    );
  });

  test.each<[string, Partial<PolicyRule>]>([
    [
      "with a currency and fields of its own",
      { threshold: "0.5", currency: "NOK", amountField: "total.value", currencyField: "total.unit" },
    ],
    ["of a very large threshold", { threshold: "99999999999999999999.99" }],
    ["of nothing", { threshold: "0" }],
  ])("an amount policy %s sees an amount above it", (_name, more) => {
    const amountRule = rule("require_approval_above_amount", more);
    expect(evaluatePolicy(amountRule, firstRunPayload(action({ rule: amountRule }))).reason).toBe("policy_amount_above_threshold");
  });

  test("has what the action's sentence tells", () => {
    const told = action({
      sentence: "pay {amount} {currency} to {supplier.name} for {invoice}",
      recipientField: "supplier.email",
      rule: rule("require_approval_above_amount"),
    });
    const payload = firstRunPayload(told);
    expect(runSentence({ ...told, title: null, ...told.rule }, payload)).toBe("pay 5,250.00 EUR to Caldeira Foods for EX-1001");
    expect(payload.supplier).toEqual({ name: "Caldeira Foods", email: "ines@caldeira.example" });
  });

  test("fields that lie in one another do no harm", () => {
    expect(firstRunPayload(action({ sentence: "do {a} with {a.b} and {a.b.c}" }))).toMatchObject({ a: { b: { c: "EX-1001" } } });
  });
});

test("the program names the action and its key, and is indented as Python needs it", () => {
  const program = pythonSnippet(action());
  expect(program).toContain(`    action="pay_invoice",\n    payload={\n        "actor": "my_agent",\n        "reference": "EX-1001",\n`);
  expect(program).toContain(`    },\n    idempotency_key="pay_invoice:first-run",\n)`);
});

test("README, quickstart and Setup show one and the same first program, and the same way to it", () => {
  const readme = readFileSync("README.md", "utf8");
  const quickstart = readFileSync("components/docs/content/quickstart.mdx", "utf8");
  const indented = (text: string) => text.trimEnd().replace(/^(?=.)/gm, "   ");
  expect(readme).toContain(`\`\`\`python\n${indented(pythonSnippet(FIRST_ACTION))}\n   \`\`\``);
  expect(quickstart).toContain(`\`\`\`python title="first_run.py"\n${pythonSnippet(FIRST_ACTION)}\`\`\``);
  const wheel = getPythonPackage().path;
  const shell = [
    installSnippet(`http://localhost:3000${wheel}`),
    environmentSnippet({ baseUrl: "http://localhost:3000/api" }),
    DOCTOR_SNIPPET,
  ].join("\n");
  expect(readme).toContain(`\`\`\`sh\n${indented(shell)}\n   \`\`\``);
  for (const line of [...installSnippet(`https://console.example.com${wheel}`).split("\n"), DOCTOR_SNIPPET])
    expect(quickstart).toContain(`\n${line}\n`);
  for (const text of [readme, quickstart]) expect(text).toContain(`\`${FIRST_ACTION.name}\``);
});

test("the program for Node names the action and its key", () => {
  const program = javascriptSnippet(action());
  expect(program).toContain(`  action: "pay_invoice",\n  payload: {\n    actor: "my_agent",\n    reference: "EX-1001",\n`);
  expect(program).toContain(`  },\n  idempotencyKey: "pay_invoice:first-run",\n});`);
});

test("README and documentation install the TypeScript SDK as Setup does", () => {
  const local = npmInstallSnippet(`http://localhost:3000${npmPackagePath("daai-js")}`);
  for (const file of ["README.md", "sdk/typescript/README.md"]) expect(readFileSync(file, "utf8")).toContain(local);
  const page = readFileSync("components/docs/content/typescript-sdk.mdx", "utf8");
  expect(page).toContain(`\n${npmInstallSnippet(`https://console.example.com${npmPackagePath("daai-js")}`)}\n`);
});

test("the documentation and the README of the gateway install it from the console", () => {
  const page = readFileSync("components/docs/content/mcp-gateway.mdx", "utf8");
  expect(page).toContain(`\n${npmInstallSnippet(`https://console.example.com${npmPackagePath("daai-mcp")}`)}\n`);
  const readme = readFileSync("sdk/gateway/README.md", "utf8");
  expect(readme).toContain(npmInstallSnippet(`http://localhost:3000${npmPackagePath("daai-mcp")}`));
});

test("values are JavaScript's", () => {
  expect(javascriptValue({ yes: true, none: null, list: [1, 'ä"b'], "a b": {}, nested: { c: 1 } }, 0)).toBe(
    '{\n  yes: true,\n  none: null,\n  list: [1, "ä\\"b"],\n  "a b": {},\n  nested: {\n    c: 1,\n  },\n}',
  );
});

test("values are Python's", () => {
  expect(pythonValue({ yes: true, no: false, none: null, list: [1, 'ä"b'], empty: {} }, 0)).toBe(
    '{\n    "yes": True,\n    "no": False,\n    "none": None,\n    "list": [1, "ä\\"b"],\n    "empty": {},\n}',
  );
});

test("the environment has the keys, or what stands for them, quoted for the shell", () => {
  expect(environmentSnippet({ baseUrl: "https://daai.example/api", apiKey: "daai_sk_1", workspaceKey: "daai_wk_1" })).toBe(
    "export DAAI_BASE_URL=https://daai.example/api\nexport DAAI_API_KEY=daai_sk_1\nexport DAAI_WORKSPACE_KEY=daai_wk_1",
  );
  expect(environmentSnippet({ baseUrl: "https://daai.example/api" })).toContain("export DAAI_API_KEY='<the API key>'\n");
});
