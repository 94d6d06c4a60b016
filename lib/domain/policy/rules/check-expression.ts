import { type ASTNode, Environment, ParseError } from "@marcbachmann/cel-js";
import { checkCall, checkMethod, requireFunction } from "./check-call";
import { parseExactDecimal } from "./exact-decimal";
import { expectType, TYPE_NAMES } from "./expect-type";
import { type Comparison, commonType, type Expression, partsOf, type Span, typeOf, VARIABLE_TYPES, type Variable } from "./expression";
import { ExpressionError } from "./expression-error";

export const EXPRESSION_MAX_LENGTH = 2000;

/** Together they bound how long an evaluation takes: every node is evaluated a fixed number of times, and nothing loops. */
const LIMITS = { maxAstNodes: 300, maxDepth: 20, maxListElements: 100, maxMapEntries: 1, maxCallArguments: 4 };
const LITERAL_MAX_LENGTH = 64;

const CEL = new Environment({ limits: LIMITS });

export type CheckedExpression =
  | { readonly ok: true; readonly expression: Expression; readonly patternSize: number }
  | { readonly ok: false; readonly error: FoundError };

export interface FoundError extends Span {
  readonly message: string;
}

/** Reads an expression of the CEL subset, and checks all that can be known before a payload is there. */
export function checkExpression(source: string): CheckedExpression {
  try {
    if (source.trim() === "") throw new ExpressionError("Write a condition, such as amount > 5000.", { start: 0, end: source.length });
    if (source.length > EXPRESSION_MAX_LENGTH) {
      throw new ExpressionError(`The condition has ${source.length} characters; the limit is ${EXPRESSION_MAX_LENGTH}.`, {
        start: EXPRESSION_MAX_LENGTH,
        end: source.length,
      });
    }
    const expression = expectType(checkNode(CEL.parse(source).ast), "boolean");
    return { ok: true, expression, patternSize: patternSizeOf(expression) };
  } catch (error) {
    if (error instanceof ExpressionError) return { ok: false, error: { message: error.message, start: error.start, end: error.end } };
    if (error instanceof ParseError) return { ok: false, error: syntaxError(error, source) };
    throw error;
  }
}

/** In instructions: what matching costs for each character. */
function patternSizeOf(expression: Expression): number {
  return partsOf(expression).reduce((sum, part) => sum + (part.kind === "matches" ? part.pattern.programSize() : 0), 0);
}

/** The checked form of a node; what the subset does not have is an error at its place. */
function checkNode(node: ASTNode): Expression {
  const span = { start: node.start, end: node.end };
  switch (node.op) {
    case "value":
      return { ...span, kind: "literal", value: literalOf(node.args, node) };
    case "id":
      return variableOf(node.args, span);
    case ".":
      return memberOf(checkBase(node.args[0]), node.args[1], span);
    case "[]":
      return memberOf(checkBase(node.args[0]), memberName(node.args[1]), span);
    case "list":
      return listOf(node.args.map(checkNode), span);
    case "call":
      requireFunction(node.args[0], "function", span);
      return checkCall(node.args[0], node.args[1].map(checkNode), span);
    case "rcall":
      requireFunction(node.args[0], "method", span);
      return checkMethod(node.args[0], checkNode(node.args[1]), node.args[2].map(checkNode), span);
    case "!_":
      return { ...span, kind: "not", of: expectType(checkNode(node.args), "boolean") };
    case "-_":
      return { ...span, kind: "negate", of: expectType(checkNode(node.args), "decimal") };
    case "&&":
    case "||": {
      const [left, right] = [expectType(checkNode(node.args[0]), "boolean"), expectType(checkNode(node.args[1]), "boolean")];
      return { ...span, kind: node.op === "&&" ? "and" : "or", left, right };
    }
    case "?:": {
      const [test, then, otherwise] = node.args.map(checkNode) as [Expression, Expression, Expression];
      return { ...span, kind: "if", test: expectType(test, "boolean"), then, otherwise: expectType(otherwise, typeOf(then)) };
    }
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(node.op, checkNode(node.args[0]), checkNode(node.args[1]), span);
    case "in":
      return membership(checkNode(node.args[0]), checkNode(node.args[1]), span);
    case "+":
    case "-":
    case "*": {
      const [left, right] = [expectType(checkNode(node.args[0]), "decimal"), expectType(checkNode(node.args[1]), "decimal")];
      return { ...span, kind: "calculate", operator: node.op, left, right };
    }
    case "/":
    case "%":
      throw new ExpressionError("Numbers are exact, so they can't be divided. Multiply the other side instead.", span);
    default:
      throw new ExpressionError("This part of CEL isn't supported in rules.", span);
  }
}

// `payload` and `source` can't be used as values; only their members can.
type Base = Expression | (Span & { readonly kind: "payload" | "source" });

function checkBase(node: ASTNode): Base {
  if (node.op === "id" && (node.args === "payload" || node.args === "source")) return { kind: node.args, start: node.start, end: node.end };
  return checkNode(node);
}

function memberOf(base: Base, name: string | number, span: Span): Expression {
  if (base.kind === "payload") return { ...span, kind: "field", path: [name] };
  if (base.kind === "field") return { ...span, kind: "field", path: [...base.path, name] };
  const variable = `source.${name}`;
  if (base.kind === "source" && isVariable(variable)) return { ...span, kind: "variable", name: variable };
  throw new ExpressionError(
    base.kind === "source" ? "source has two fields: source.type and source.ref." : "Only payload and source have fields.",
    span,
  );
}

function memberName(node: ASTNode): string | number {
  if (node.op === "value" && typeof node.args === "string") return node.args;
  if (node.op === "value" && typeof node.args === "bigint" && node.args <= 10_000n) return Number(node.args);
  throw new ExpressionError('Write a position such as [0] or a name such as ["order id"] between the brackets.', node);
}

function variableOf(name: string, span: Span): Expression {
  if (name === "payload") throw new ExpressionError("Name a field of the payload, such as payload.country.", span);
  if (name === "source") throw new ExpressionError("Name a field of the source: source.type or source.ref.", span);
  if (isVariable(name)) return { ...span, kind: "variable", name };
  throw new ExpressionError(`${name} isn't known here. A field of the payload is written payload.${name}.`, span);
}

function isVariable(name: string): name is Variable {
  return Object.hasOwn(VARIABLE_TYPES, name);
}

function literalOf(value: unknown, node: ASTNode) {
  if (typeof value === "string") return value.normalize("NFC");
  if (typeof value === "boolean") return value;
  if (value === null)
    throw new ExpressionError("Nothing can be compared with null. Ask whether a field is there with has(payload.field).", node);
  // The library reads some numbers as binary floats, so the digits are taken from the source.
  const text = node.input.slice(node.start, node.end);
  const decimal = /^\d+(\.\d+)?$/.test(text) && text.length <= LITERAL_MAX_LENGTH ? parseExactDecimal(text) : null;
  if (decimal === null) throw new ExpressionError(`Write a plain number of at most ${LITERAL_MAX_LENGTH} digits, such as 1250.00.`, node);
  return decimal;
}

function listOf(items: readonly Expression[], span: Span): Expression {
  if (items.length === 0) throw new ExpressionError("An empty list contains nothing. Name at least one value.", span);
  const [first = items[0] as Expression] = items;
  for (const item of items) {
    if (item.kind !== "literal" && item.kind !== "negate") throw new ExpressionError("A list can contain only fixed values.", item);
    expectType(item, typeOf(first));
  }
  return { ...span, kind: "list", items };
}

function comparison(operator: Comparison, left: Expression, right: Expression, span: Span): Expression {
  const type = commonType(typeOf(left), typeOf(right));
  if (type === null) {
    throw new ExpressionError(`This compares ${TYPE_NAMES[typeOf(left)]} with ${TYPE_NAMES[typeOf(right)]}.`, span);
  }
  if (type === "list") throw new ExpressionError("Lists can't be compared. Use in to ask whether a value is in a list.", span);
  if (operator !== "==" && operator !== "!=" && (type === "string" || type === "boolean")) {
    throw new ExpressionError(`${operator} compares numbers and times. For a number sent as text, write dec(payload.field).`, span);
  }
  return { ...span, kind: "compare", operator, left, right };
}

function membership(left: Expression, right: Expression, span: Span): Expression {
  if (right.kind !== "list" && right.kind !== "field")
    throw new ExpressionError('in needs a list, such as ["EUR", "CHF"] or a payload field.', right);
  if (right.kind === "list") expectType(left, typeOf(right.items[0] as Expression));
  if (typeOf(left) === "list") throw new ExpressionError("in asks whether one value is in a list.", span);
  return { ...span, kind: "in", left, right };
}

const SYNTAX_MESSAGES: Record<string, string> = {
  unterminated_string: "This text has no closing quotation mark.",
  unterminated_triple_quoted_string: "This text has no closing quotation marks.",
  newline_in_string: "A text can't continue on the next line.",
};

function syntaxError({ code, summary, range }: ParseError, source: string): FoundError {
  const { start, end } = range ?? { start: 0, end: source.length };
  if (/^Exceeded/.test(summary))
    return { message: "The condition is too long or too deeply nested. Split it into several rules.", start, end };
  if (start >= source.trimEnd().length && code !== "unterminated_string") return { message: "The condition ends too early.", start, end };
  const found = source.slice(start, Math.max(end, start + 1)).trim();
  return { message: SYNTAX_MESSAGES[code] ?? (found === "" ? summary : `“${found}” isn't expected here.`), start, end };
}
