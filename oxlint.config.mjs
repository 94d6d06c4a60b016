// Rules of code. Those that need types ask the native TypeScript compiler.
import { NOUNS } from "./.dependency-cruiser.mjs";

/** Where React is. */
const PAGES = ["app/**/*.ts", "app/**/*.tsx", "components/**/*.ts", "components/**/*.tsx", "lib/**/*.tsx", "mdx-components.tsx"];

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

/** Next puts the path that the console is served below in front of its own links and redirects only. */
const WITHOUT_PATH = {
  selector: [
    "JSXOpeningElement[name.name=/^(a|form|iframe|img)$/] > JSXAttribute[name.name=/^(href|action|src)$/] > Literal[value=/^\\//]",
    "JSXOpeningElement[name.name=/^(a|form|iframe|img)$/] > JSXAttribute[name.name=/^(href|action|src)$/] > JSXExpressionContainer > :not(CallExpression[callee.name='inConsole'], TemplateLiteral[quasis.0.value.raw=/^#/])",
    // These put it in front themselves.
    "JSXOpeningElement[name.name=/^(Link|ButtonLink|MenuItem|PostForm|FilterForm|SearchForm|DecideForm)$/] > JSXAttribute[name.name=/^(href|action)$/] CallExpression[callee.name='inConsole']",
    "CallExpression[callee.name='fetch'][arguments.0.callee.name!='inConsole']",
    "NewExpression[callee.name='EventSource'][arguments.0.callee.name!='inConsole']",
    "CallExpression[callee.property.name=/^(pushState|replaceState)$/][arguments.2.callee.name!='inConsole']",
    "CallExpression[callee.property.name=/^(assign|replace)$/]:matches([callee.object.name='location'], [callee.object.property.name='location'])[arguments.0.callee.name!='inConsole']",
    "Property[key.name='Location'][value.callee.name!='inConsole']",
  ].join(", "),
  message: "The console may be served below a path: wrap the address in inConsole() from lib/net/base-path.ts.",
};

const SKIPPED_TESTS = {
  selector: "MemberExpression[object.name=/^(describe|it|test|suite)$/][property.name=/^(skip|only|todo|skipIf|runIf|fixme)$/]",
  message: "A test runs or is deleted.",
};
/** What a page shows at one moment: after a navigation or a press, that may be the moment before. */
const ONE_LOOK = [
  "[callee.property.name=/^(evaluateAll|allInnerTexts|allTextContents|isVisible|isHidden|isEnabled|isDisabled|isEditable|isChecked)$/]",
  "[callee.property.name='count'][arguments.length=0]",
].flatMap((read) => [
  `VariableDeclarator > AwaitExpression > CallExpression${read}`,
  `CallExpression[callee.name='expect'] AwaitExpression > CallExpression${read}`,
]);
const READ_ONCE = {
  selector: [...ONE_LOOK, "CallExpression[callee.name='expect'] > CallExpression[callee.property.name='url']"].join(", "),
  message: "The page may not be there yet: use an assertion that waits, such as toBeVisible or toHaveURL, or expect.poll.",
};

const rules = (plugin, names) => Object.fromEntries(names.map((name) => [`${plugin}/${name}`, "error"]));
const restrictedSyntax = (...entries) => ({ "eslint-js/no-restricted-syntax": ["error", ...entries] });

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
