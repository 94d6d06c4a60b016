// Compares a request that arrived with the one that a case expects.

/** `<name>` or `<name:pattern>`: any string that the pattern finds something in. A name keeps its first value; two names differ. */
const VARIABLE = /^<([a-z_]+)(?::([^]*))?>$/;

/** Yields what differs. `variables` holds the values of a case's variables so far. */
export function* matchRequest(expected, actual, variables) {
  const { path, method, query, headers = {}, body, body_has: parts = {}, body_lacks: absent = [] } = expected;
  if (actual.path !== path) yield `its path is ${actual.path}, not ${path}`;
  if (method !== undefined && actual.method !== method) yield `its method is ${actual.method}, not ${method}`;
  if (query !== undefined) yield* match(query, actual.query, "query", variables);
  for (const [name, value] of Object.entries(headers)) yield* match(value, actual.headers[name.toLowerCase()], name, variables);
  if (body !== undefined) yield* match(body, actual.body, "body", variables);
  for (const [name, value] of Object.entries(parts)) yield* match(value, actual.body?.[name], `body.${name}`, variables);
  for (const name of absent) if (name in (actual.body ?? {})) yield `its body has ${name}`;
}

function* match(expected, actual, path, variables) {
  const [, name, pattern] = (typeof expected === "string" && VARIABLE.exec(expected)) || [];
  if (name !== undefined) yield* bind(name, pattern, actual, path, variables);
  else if (isObject(expected) && isObject(actual)) {
    for (const member of new Set([...Object.keys(expected), ...Object.keys(actual)]))
      yield* match(expected[member], actual[member], `${path}.${member}`, variables);
  } else if (JSON.stringify(expected) !== JSON.stringify(actual)) {
    yield `${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
  }
}

function* bind(name, pattern, actual, path, variables) {
  if (typeof actual !== "string" || (pattern !== undefined && !new RegExp(pattern, "u").test(actual)))
    yield `${path} is ${JSON.stringify(actual)}, which isn't a value of <${name}>`;
  else if (variables.has(name)) {
    if (variables.get(name) !== actual) yield `${path} isn't the <${name}> of an earlier request`;
  } else if ([...variables.values()].includes(actual)) yield `${path}, a new <${name}>, repeats the value of another variable`;
  else variables.set(name, actual);
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
