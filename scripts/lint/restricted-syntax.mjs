// Code that can be written, and is wrong here: what oxlint.config.mjs refuses in the files that it names.

/** A context is who acts: made in one place, after finding out who that is. */
export const CONTEXTS_ELSEWHERE = {
  selector: "TSAsExpression > TSTypeReference[typeName.name=/Context$/]",
  message: "Contexts are made in lib/auth/contexts.ts.",
};
export const CONTEXT_FROM_NOTHING = {
  selector:
    "CallExpression[callee.name=/^(visitor|user|system|decisionLink|shareLink)Context$/][arguments.length<2], CallExpression[callee.name='operatorContext'], CallExpression[callee.name='memberContext'][arguments.length<3]",
  message: "Queries and commands are handed a context; one that is made from it gets its handle.",
};
/** graphile-worker's tables have one door. */
export const QUEUE_TABLES_ELSEWHERE = {
  selector: "TemplateElement[value.raw=/graphile_worker/]",
  message: "The queue's tables are known to lib/db/job-queue.ts only.",
};
/** Without a script, a form of its own sends what was typed as a part of the address. */
export const BARE_FORMS = [
  {
    selector: "JSXOpeningElement[name.name='form'], JSXAttribute[name.name='formMethod']",
    message: "Use ScriptForm, PostForm or, for filters that belong in the address, FilterForm of components/ui.",
  },
];

/** Next puts the path that the console is served below in front of its own links and redirects only. */
export const WITHOUT_PATH = {
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

export const SKIPPED_TESTS = {
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
export const READ_ONCE = {
  selector: [...ONE_LOOK, "CallExpression[callee.name='expect'] > CallExpression[callee.property.name='url']"].join(", "),
  message: "The page may not be there yet: use an assertion that waits, such as toBeVisible or toHaveURL, or expect.poll.",
};

export const restrictedSyntax = (...entries) => ({ "eslint-js/no-restricted-syntax": ["error", ...entries] });
