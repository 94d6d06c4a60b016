import fc from "fast-check";
import type { TestWorkspace } from "./factories";

/** A request as a careless, broken or hostile client might send it; some are good by chance. */
export interface BadCase {
  readonly params: Record<string, string>;
  readonly query: string;
  readonly headers: Record<string, string | undefined>;
  readonly body: Uint8Array;
}

/** What a good request of the operation is made of. */
export interface GoodRequest {
  readonly as?: TestWorkspace;
  /** A management key, which is sent in place of the workspace's two. */
  readonly managementKey?: string;
  /** Good values of the path's variable parts. */
  readonly params?: Record<string, string[]>;
  readonly queries?: string[];
  /** Members of a good body; left out: the operation has no body. */
  readonly body?: Record<string, unknown>;
}

/** JSON texts, valid or not, that break careless readers, databases, logs and pages. */
const NASTY_VALUES = [
  ...["null", "true", "0", "-0", "-1", "1e400", "-1e400", "1e-400", "9007199254740993", "1E+2", "01", "1.", ".5", "+1", "NaN", "Infinity"],
  ...[
    '""',
    '" "',
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\\u202e"',
    '"\\ufeff"',
    '"\\u2028"',
    '"1e3"',
    '"1_000"',
    '"0x10"',
    '"١٢"',
  ],
  ...["[]", "{}", "[[]]", '{"":0}', '{"__proto__":{}}', '{"constructor":{"prototype":{}}}', '{"toString":1}', '{"$ne":null}', '{"not":{}}'],
  ...[
    '{"a":1,"a":2}',
    '{"\\u0061":1,"a":2}',
    '{"source":[]}',
    '{"reasoning":{},"actor":[]}',
    '{"amount":{"valueOf":1}}',
    '"a","b":1',
    "undefined",
    "'x'",
    "",
  ],
  ...[
    '"\'; --"',
    '"<script>"',
    '"{{7*7}}"',
    '"%s%n"',
    '"../../x"',
    '"\\\\"',
    '"\\u001b[31m"',
    '"😀"',
    '"\u0301"',
    '"\ufffd"',
    "/* */1",
    "1//",
  ],
];

const nastyNames = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "length",
  "id",
  "workspace_id",
  "$where",
  "\u202e",
  "0",
  "a".repeat(300),
];

const jsonText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY_VALUES) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.double().map(String) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 200 }).map((depth) => "[".repeat(depth) + "]".repeat(depth)) },
  { weight: 1, arbitrary: fc.constantFrom(250, 2001, 4001, 16_385, 100_000).map((length) => JSON.stringify("x".repeat(length))) },
);

function bodyText(good: Record<string, unknown>): fc.Arbitrary<string> {
  const members = Object.entries(good).map(([name, value]) => {
    const untouched = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    return fc.oneof(
      { weight: 6, arbitrary: fc.constant([untouched]) },
      { weight: 3, arbitrary: jsonText.map((text) => [`${JSON.stringify(name)}:${text}`]) },
      { weight: 1, arbitrary: fc.constantFrom<string[]>([], [untouched, untouched]) },
    );
  });
  const stranger = fc.tuple(fc.constantFrom(...nastyNames), jsonText).map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return fc
    .tuple(
      fc.tuple(...members),
      fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(stranger, { maxLength: 3 }) }),
    )
    .map(([own, strangers]) => `{${[...own.flat(), ...strangers].join()}}`);
}

/** Some bytes changed, or the end cut off. */
function damaged(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 });
  return fc.tuple(bytes, edits, fc.nat()).map(([source, changes, cut]) => {
    const copy = Uint8Array.from(source);
    for (const [at, value] of changes) copy[at % Math.max(1, copy.length)] = value;
    return cut % 4 === 0 ? copy.slice(0, cut % (copy.length + 1)) : copy;
  });
}

function bodyBytes(good: Record<string, unknown>): fc.Arbitrary<Uint8Array> {
  const text = bodyText(good).map((value) => new TextEncoder().encode(value));
  return fc.oneof(
    { weight: 12, arbitrary: text },
    { weight: 3, arbitrary: damaged(text) },
    { weight: 2, arbitrary: jsonText.map((value) => new TextEncoder().encode(value)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  );
}

const garbage = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom("", "undefined", "null", "%00", "\0", "x".repeat(10_000)),
);

function mostly<T>(good: readonly T[], bad: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...good) }, { weight: 2, arbitrary: bad });
}

/** Any number of bad requests of one operation. */
export function badCases({ as, managementKey, params = {}, queries = [""], body }: GoodRequest): fc.Arbitrary<BadCase> {
  const optionalGarbage = fc.option(garbage, { nil: undefined });
  return fc.record({
    params: fc.record(Object.fromEntries(Object.entries(params).map(([name, good]) => [name, mostly(good, garbage)]))),
    query: mostly(queries, garbage),
    headers: fc.record({
      authorization: mostly([as && `Bearer ${managementKey ?? as.apiKey}`], optionalGarbage),
      "x-daai-workspace-key": mostly([as?.workspaceKey], optionalGarbage),
      "content-type": mostly<string | undefined>(["application/json"], optionalGarbage),
      "content-encoding": mostly<string | undefined>([undefined], optionalGarbage),
      "x-request-id": mostly<string | undefined>([undefined], optionalGarbage),
      "if-match": mostly<string | undefined>([undefined], optionalGarbage),
      "if-none-match": mostly<string | undefined>([undefined], optionalGarbage),
    }),
    body: body ? bodyBytes(body) : fc.uint8Array({ maxLength: 10 }),
  });
}
