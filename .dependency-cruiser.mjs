// Who may import whom. There is no list of exceptions.

export const NOUNS =
  "workspaces|members|api-keys|management-keys|registered-actions|action-runs|approvals|approvers|overview|receipts|limits|notifications|webhooks|users|audit|search|budgets|grants|groups|backtests|policy-proposals|shadow-policies";
const TESTS = "\\.test\\.tsx?$";
const PACKAGES = "(^|/)node_modules/";

/** Code of a layer imports only what matches `to`; tests may look everywhere. */
const only = (name, comment, from, to) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: [TESTS] },
  to: { pathNot: to },
});

const never = (name, comment, from, to) => ({ name, comment, severity: "error", from: { pathNot: [TESTS], ...from }, to });

const config = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that need each other are one module, or the wrong two.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    { name: "no-unresolvable", comment: "An import that leads nowhere.", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "declared-packages-only",
      comment: "A package that package.json does not name is there by accident.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },

    only(
      "domain-is-pure",
      "lib/domain knows zod and the pure engines of its rules at most: no I/O, no clock, no framework.",
      "^lib/domain/",
      ["^lib/domain/", `${PACKAGES}(zod|@marcbachmann/cel-js|re2js)/`],
    ),
    only("contract-is-pure", "lib/contract knows zod and the domain.", "^lib/contract/", [
      "^lib/contract/",
      "^lib/domain/",
      `${PACKAGES}zod(-openapi)?/`,
    ]),
    never(
      "db-knows-no-nouns",
      "lib/db is below everything that has a meaning.",
      { path: "^lib/db/" },
      { path: `^lib/(${NOUNS}|http|auth|jobs|email|contract|domain)/|^(app|components)/` },
    ),
    never(
      "connections-have-one-home",
      "DatabaseClient finds the host that takes writes; a connection made elsewhere would not.",
      { path: "^(app|lib|scripts/(admin|console))/", pathNot: [TESTS, "^lib/testing/", "^lib/db/database-(client|servers)\\.ts$"] },
      { path: `${PACKAGES}pg/`, dependencyTypesNot: ["type-only"] },
    ),
    never(
      "nouns-know-no-adapters",
      "A noun does not know who calls it.",
      { path: `^lib/(${NOUNS})/` },
      { path: "^lib/(http|jobs|sign-in|mailer)/|^(app|components|scripts|bench)/" },
    ),
    never(
      "nouns-know-no-next",
      "Only server actions are a noun's Next part.",
      { path: `^lib/(${NOUNS})/`, pathNot: [TESTS, "/server-actions\\.ts$"] },
      { path: `${PACKAGES}(next|react|react-dom)/` },
    ),
    never(
      "adapters-know-no-pages",
      "lib is below app and components; mail templates draw with their own parts.",
      { path: "^lib/" },
      { path: "^(app|components|scripts|bench)/" },
    ),
    never(
      "components-know-no-database",
      "Components get their data as props.",
      { path: "^components/" },
      { path: "^lib/(db|http|auth|sign-in|mailer|jobs|embedded-postgres)/|^lib/(env|logger)\\.ts$|^(app|scripts)/" },
    ),
    never(
      "components-call-server-actions-only",
      "Components import schemas, what forms make of what is typed, and server actions of a noun, and only types of the rest.",
      { path: "^components/" },
      {
        path: `^lib/(${NOUNS})/`,
        pathNot: ["/((action-)?(form-)?schema|typed-(action|of)|try-sample|server-actions)\\.ts$"],
        dependencyTypesNot: ["type-only"],
      },
    ),
    never(
      "app-knows-no-database",
      "Pages and routes go through nouns.",
      { path: "^(app/|proxy\\.ts$)" },
      { path: "^lib/(db|embedded-postgres)/" },
    ),
    only(
      "the-package-is-whole",
      "The TypeScript SDK needs no package and no Node: what it shares with the console is pure.",
      "^sdk/typescript/src/(?!langgraph|mastra|openai-agents|pauses|fake-)",
      ["^sdk/typescript/src/", "^lib/domain/(json|log|text)/", "^lib/domain/(access/same-person|runs/approvals)\\.ts$"],
    ),
    only("the-test-kit-is-whole", "What decides as the console does shares its rules, and is as pure.", "^sdk/typescript/src/fake-", [
      "^sdk/typescript/src/",
      "^lib/domain/json/",
      "^lib/domain/(access/same-person|budgets/count-toward|grants/(grant|grant-facts)|policy/(amounts|payload-fields)|runs/approvals)\\.ts$",
    ]),
    only(
      "adapters-need-their-framework",
      "What is for an agent framework needs the program's own one and Node, and nothing of the console.",
      "^sdk/typescript/src/(langgraph|mastra|openai-agents|pauses)",
      ["^sdk/typescript/src/", `${PACKAGES}(@mastra/core|@openai/agents|langchain|@langchain/(core|langgraph))/`, "^(node:)?[a-z_/]+$"],
    ),
    only("the-gateway-is-a-client", "The gateway is installed without the console: it shares with it what is pure.", "^sdk/gateway/src/", [
      "^sdk/gateway/src/",
      "^sdk/typescript/src/",
      "^lib/domain/(json|policy/action-names)",
      `${PACKAGES}(zod|yaml|@modelcontextprotocol/(client|server))/`,
      "^(node:)?[a-z_/]+$",
    ]),
    {
      name: "processes-have-files-of-their-own",
      comment:
        "A test that starts the console is *.process.test.ts (or *.ha.test.ts, with a cluster): it needs a build, and the others are run without it.",
      severity: "error",
      from: { path: TESTS, pathNot: "\\.(process|ha)\\.test\\.ts$" },
      to: { path: "^lib/testing/test-server\\.ts$", reachable: true },
    },
    never(
      "testing-stays-in-tests",
      "Test infrastructure is for tests and for the programs that run them.",
      { path: "^(app|components|lib)/", pathNot: [TESTS, "^lib/testing/"] },
      { path: "^lib/testing/|\\.test\\.tsx?$" },
    ),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    // Types count too: a layer that needs another's types knows the other.
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    // The tests of a package in this repository use those of the console.
    combinedDependencies: true,
    exclude: { path: "^lib/db/generated/internal|^\\.next" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};

export default config;
