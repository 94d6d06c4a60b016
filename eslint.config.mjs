// Rules that need no types; those that do are in .oxlintrc.jsonc.
import { defineConfig, globalIgnores } from "eslint/config";
import nextVitals from "eslint-config-next/core-web-vitals";
import nextTypescript from "eslint-config-next/typescript";
import { NOUNS } from "./.dependency-cruiser.mjs";

/** Where React is. Its rules compile what they look at, and that takes as long as everything else. */
const PAGES = ["app/**", "components/**", "lib/**/*.tsx", "mdx-components.tsx"];

/** What is held to fewer rules: it looks everywhere. */
const TESTS = ["**/*.test.ts", "**/*.test.tsx", "lib/testing/**", "e2e/**"];

/** A context is who acts: made in one place, after finding out who that is. */
const CONTEXTS_ELSEWHERE = {
  selector: "TSAsExpression > TSTypeReference[typeName.name=/Context$/]",
  message: "Contexts are made in lib/auth/contexts.ts.",
};
/** A query or command works through the handle of its context, which its adapter made: so it can be called in a transaction, too. */
const NOUN_FILES = [`lib/{${NOUNS.replaceAll("|", ",")},mailer,live}/**/*.ts`];
const CONTEXT_FROM_NOTHING = {
  selector:
    "CallExpression[callee.name=/^(visitor|user|system|decisionLink|shareLink)Context$/][arguments.length<2], CallExpression[callee.name='operatorContext'], CallExpression[callee.name='memberContext'][arguments.length<3]",
  message: "Queries and commands are handed a context; one that is made from it gets its handle.",
};
/** graphile-worker's tables have one door. */
const QUEUE_TABLES_ELSEWHERE = {
  selector: "TemplateElement[value.raw=/graphile_worker/]",
  message: "The queue's tables are known to lib/db/job-queue.ts only.",
};
/** Without a script, a form of its own sends what was typed as a part of the address. */
const BARE_FORMS = [
  {
    selector: "JSXOpeningElement[name.name='form'], JSXAttribute[name.name='formMethod']",
    message: "Use ScriptForm, PostForm or, for filters that belong in the address, FilterForm of components/ui.",
  },
];

export default defineConfig([
  globalIgnores([".next/**", ".build/**", ".data/**", "lib/db/generated/**", "sdk/**", "next-env.d.ts"]),
  ...nextVitals.map((config) => (config.rules ? { ...config, files: PAGES } : config)),
  ...nextTypescript,
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" }],
      "@typescript-eslint/no-unused-expressions": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"], location: "anywhere" }],
    },
  },
  {
    // Settings have one door (lib/env.ts): a default or a check that lives elsewhere is a surprise. Starters and test
    // infrastructure hand settings to child processes.
    files: ["**/*.ts", "**/*.tsx"],
    ignores: ["lib/env.ts", "lib/testing/**", "scripts/**", "bench/**", "e2e/**", "**/*.test.ts", "*.config.ts"],
    rules: {
      "no-restricted-properties": ["error", { object: "process", property: "env", message: "Settings are read in lib/env.ts only." }],
    },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "lib/testing/**/*.ts", "e2e/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[object.name=/^(describe|it|test|suite)$/][property.name=/^(skip|only|todo|skipIf|runIf|fixme)$/]",
          message: "A test runs or is deleted.",
        },
      ],
    },
  },
  // The rule has one list for each file, so the blocks below stand from the general to the particular.
  { files: ["**/*.ts", "**/*.tsx"], ignores: TESTS, rules: { "no-restricted-syntax": ["error", CONTEXTS_ELSEWHERE] } },
  { files: ["lib/**/*.ts"], ignores: TESTS, rules: { "no-restricted-syntax": ["error", CONTEXTS_ELSEWHERE, QUEUE_TABLES_ELSEWHERE] } },
  {
    files: NOUN_FILES,
    ignores: TESTS,
    rules: {
      "no-restricted-syntax": ["error", CONTEXTS_ELSEWHERE, QUEUE_TABLES_ELSEWHERE, CONTEXT_FROM_NOTHING],
      "no-restricted-imports": [
        "error",
        { name: "@/lib/db/client", importNames: ["getDb"], message: "Queries and commands use the handle of their context." },
      ],
    },
  },
  { files: ["lib/db/**/*.ts"], ignores: TESTS, rules: { "no-restricted-syntax": ["error", CONTEXTS_ELSEWHERE] } },
  { files: ["lib/auth/contexts.ts"], rules: { "no-restricted-syntax": ["error", QUEUE_TABLES_ELSEWHERE] } },
  {
    files: ["app/**/*.tsx", "components/**/*.tsx"],
    ignores: ["components/ui/{script,post,filter}-form.tsx", ...TESTS],
    rules: { "no-restricted-syntax": ["error", CONTEXTS_ELSEWHERE, ...BARE_FORMS] },
  },
  {
    files: ["lib/**/*.ts", "app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"],
    rules: { "no-console": "error" },
  },
]);
