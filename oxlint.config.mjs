// Rules of code. Those that need types ask the native TypeScript compiler.
import { NOUNS } from "./.dependency-cruiser.mjs";
import {
  BARE_FORMS,
  CONTEXT_FROM_NOTHING,
  CONTEXTS_ELSEWHERE,
  QUEUE_TABLES_ELSEWHERE,
  READ_ONCE,
  restrictedSyntax,
  SKIPPED_TESTS,
  WITHOUT_PATH,
} from "./scripts/lint/restricted-syntax.mjs";

/** Where React is. */
const PAGES = ["app/**/*.ts", "app/**/*.tsx", "components/**/*.ts", "components/**/*.tsx", "lib/**/*.tsx", "mdx-components.tsx"];

/** What is held to fewer rules: it looks everywhere. */
const TESTS = ["**/*.test.ts", "**/*.test.tsx", "lib/testing/**", "e2e/**"];

/** A query or command works through the handle of its context, which its adapter made: so it can be called in a transaction, too. */
const NOUN_FILES = [`lib/{${NOUNS.replaceAll("|", ",")},mailer,live}/**/*.ts`];

const rules = (plugin, names) => Object.fromEntries(names.map((name) => [`${plugin}/${name}`, "error"]));

export default {
  plugins: ["eslint", "typescript", "react", "jsx-a11y", "import", "nextjs"],
  // What oxlint does not have itself, from ESLint and Next.
  jsPlugins: [
    { name: "eslint-js", specifier: "oxlint-plugin-eslint" },
    { name: "next-js", specifier: "@next/eslint-plugin-next" },
  ],
  categories: { correctness: "off" },
  env: { browser: true, node: true },
  ignorePatterns: [".next/**", ".build/**", ".data/**", "lib/db/generated/**", "sdk/python/**", "next-env.d.ts"],
  // Comments that turn rules off are found by scripts/check-structure.mjs.
  options: { typeAware: true, denyWarnings: true },
  rules: {
    eqeqeq: ["error", "always", { null: "ignore" }],
    "no-unused-expressions": "error",
    "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" }],
    "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"], location: "anywhere" }],
    ...rules("typescript", [
      "ban-ts-comment",
      "no-duplicate-enum-values",
      "no-empty-object-type",
      "no-explicit-any",
      "no-extra-non-null-assertion",
      "no-misused-new",
      "no-namespace",
      "no-non-null-asserted-optional-chain",
      "no-require-imports",
      "no-this-alias",
      "no-unnecessary-type-constraint",
      "no-unsafe-declaration-merging",
      "no-unsafe-function-type",
      "no-wrapper-object-types",
      "prefer-as-const",
      "prefer-namespace-keyword",
      "triple-slash-reference",
    ]),
    "no-array-constructor": "error",
  },
  overrides: [
    {
      files: ["**/*.ts", "**/*.tsx"],
      rules: {
        ...rules("eslint", ["no-var", "prefer-const", "prefer-rest-params", "prefer-spread"]),
        ...rules("typescript", [
          "await-thenable",
          "no-floating-promises",
          "no-non-null-assertion",
          "no-unnecessary-type-assertion",
          "no-unsafe-argument",
          "no-unsafe-assignment",
          "no-unsafe-call",
          "no-unsafe-member-access",
          "no-unsafe-return",
          "only-throw-error",
          "prefer-promise-reject-errors",
        ]),
        "typescript/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
        "typescript/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
        "typescript/return-await": ["error", "error-handling-correctness-only"],
        "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      },
    },
    {
      files: PAGES,
      rules: {
        ...rules("react", [
          "display-name",
          "jsx-key",
          "jsx-no-comment-textnodes",
          "jsx-no-duplicate-props",
          "jsx-no-undef",
          "no-children-prop",
          "no-danger-with-children",
          "no-direct-mutation-state",
          "no-find-dom-node",
          "no-is-mounted",
          "no-render-return-value",
          "no-string-refs",
          "no-unescaped-entities",
          "require-render-return",
          "exhaustive-deps",
          "rules-of-hooks",
          // What the React compiler asks of components and hooks.
          "error-boundaries",
          "globals",
          "immutability",
          "incompatible-library",
          "preserve-manual-memoization",
          "purity",
          "refs",
          "set-state-in-effect",
          "set-state-in-render",
          "static-components",
          "unsupported-syntax",
          "use-memo",
        ]),
        "jsx-a11y/alt-text": ["error", { elements: ["img"], img: ["Image"] }],
        ...rules("jsx-a11y", [
          "aria-props",
          "aria-proptypes",
          "aria-unsupported-elements",
          "role-has-required-aria-props",
          "role-supports-aria-props",
        ]),
        "import/no-anonymous-default-export": "error",
        ...rules("nextjs", [
          "google-font-display",
          "google-font-preconnect",
          "inline-script-id",
          "next-script-for-ga",
          "no-assign-module-variable",
          "no-async-client-component",
          "no-before-interactive-script-outside-document",
          "no-css-tags",
          "no-document-import-in-page",
          "no-duplicate-head",
          "no-head-element",
          "no-head-import-in-document",
          "no-img-element",
          "no-page-custom-font",
          "no-script-component-in-head",
          "no-styled-jsx-in-document",
          "no-sync-scripts",
          "no-title-in-document-head",
          "no-typos",
          "no-unwanted-polyfillio",
        ]),
        // oxlint's own takes every address for a page's.
        ...rules("next-js", ["no-html-link-for-pages", "no-location-assign-relative-destination"]),
      },
    },
    {
      // Settings have one door (lib/env.ts): a default or a check that lives elsewhere is a surprise. Starters and test
      // infrastructure hand settings to child processes, and the MCP gateway is a program of its own.
      files: ["**/*.ts", "**/*.tsx"],
      // The path that pages are built with isn't a setting of the process.
      excludeFiles: [
        "lib/env.ts",
        "lib/net/base-path.ts",
        "scripts/**",
        "bench/**",
        "sdk/gateway/**",
        "sdk/typescript/tests/**",
        "*.config.ts",
        ...TESTS,
      ],
      rules: {
        "no-restricted-properties": ["error", { object: "process", property: "env", message: "Settings are read in lib/env.ts only." }],
      },
    },
    {
      files: ["**/*.test.ts", "**/*.test.tsx", "lib/testing/**/*.ts", "e2e/**/*.ts"],
      rules: {
        // Asymmetric matchers such as expect.any(String) are of type any.
        "typescript/no-unsafe-assignment": "off",
        ...restrictedSyntax(SKIPPED_TESTS),
      },
    },
    { files: ["e2e/**/*.ts"], rules: restrictedSyntax(SKIPPED_TESTS, READ_ONCE) },
    // The rule has one list for each file, so the blocks below stand from the general to the particular.
    { files: ["**/*.ts", "**/*.tsx"], excludeFiles: TESTS, rules: restrictedSyntax(CONTEXTS_ELSEWHERE) },
    { files: ["lib/**/*.ts"], excludeFiles: TESTS, rules: restrictedSyntax(CONTEXTS_ELSEWHERE, QUEUE_TABLES_ELSEWHERE) },
    {
      files: NOUN_FILES,
      excludeFiles: TESTS,
      rules: {
        ...restrictedSyntax(CONTEXTS_ELSEWHERE, QUEUE_TABLES_ELSEWHERE, CONTEXT_FROM_NOTHING),
        "no-restricted-imports": [
          "error",
          { name: "@/lib/db/client", importNames: ["getDb"], message: "Queries and commands use the handle of their context." },
        ],
      },
    },
    { files: ["lib/db/**/*.ts"], excludeFiles: TESTS, rules: restrictedSyntax(CONTEXTS_ELSEWHERE) },
    { files: ["lib/auth/contexts.ts"], rules: restrictedSyntax(QUEUE_TABLES_ELSEWHERE) },
    {
      files: ["app/**/*.ts", "app/**/*.tsx", "components/**/*.ts", "components/**/*.tsx"],
      excludeFiles: TESTS,
      rules: restrictedSyntax(CONTEXTS_ELSEWHERE, WITHOUT_PATH),
    },
    {
      files: ["app/**/*.tsx", "components/**/*.tsx"],
      excludeFiles: ["components/ui/{script,post,filter}-form.tsx", ...TESTS],
      rules: restrictedSyntax(CONTEXTS_ELSEWHERE, WITHOUT_PATH, ...BARE_FORMS),
    },
    {
      files: ["app/**/*.tsx", "components/**/*.tsx"],
      excludeFiles: ["components/ui/link.tsx"],
      rules: {
        "no-restricted-imports": [
          "error",
          { name: "next/link", message: "Links are @/components/ui/link, which prefetches only what is wanted." },
        ],
      },
    },
    {
      files: ["lib/**/*.ts", "app/**/*.ts", "app/**/*.tsx", "components/**/*.ts", "components/**/*.tsx"],
      rules: { "no-console": "error" },
    },
  ],
};
