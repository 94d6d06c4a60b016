import { isPlainDecimal } from "@/lib/domain/policy/amounts";
import { isFieldPath } from "@/lib/domain/policy/payload-fields";
import { checkExpression } from "./check-expression";
import { exactText } from "./exact-decimal";
import { type Expression, VARIABLE_TYPES, type Variable } from "./expression";

/** What a row can ask about a field, with the words of the form, and what it compares with. */
export const ROW_COMPARISONS = {
  ">": { label: "is above", value: "number" },
  ">=": { label: "is at least", value: "number" },
  "<": { label: "is below", value: "number" },
  "<=": { label: "is at most", value: "number" },
  "==": { label: "is", value: "text" },
  "!=": { label: "is not", value: "text" },
  in: { label: "is one of", value: "texts" },
  not_in: { label: "is none of", value: "texts" },
  startsWith: { label: "starts with", value: "text" },
  endsWith: { label: "ends with", value: "text" },
  contains: { label: "contains", value: "text" },
  domain_in: { label: "has an email domain of", value: "texts" },
  is_true: { label: "is true", value: "none" },
  is_false: { label: "is false", value: "none" },
  has: { label: "is present", value: "none" },
  has_not: { label: "is missing", value: "none" },
} as const;
export type RowComparison = keyof typeof ROW_COMPARISONS;

/** One line of the form. Several values are comma-separated. */
export interface RuleRow {
  /** A variable such as `amount`, or a field of the payload: `payload.customer.country`. */
  readonly field: string;
  readonly comparison: RowComparison;
  readonly value: string;
}

export interface RuleRows {
  readonly joinedBy: "all" | "any";
  readonly rows: readonly RuleRow[];
}

/** The condition that rows mean, or null while one of them is unfinished. */
export function writeRows({ joinedBy, rows }: RuleRows): string | null {
  const written = rows.map(writeRow);
  return written.length === 0 || written.includes(null) ? null : written.join(joinedBy === "all" ? " && " : " || ");
}

/** Returns the rows equivalent to a condition, or null when rows can't express it. */
export function readRows(source: string): RuleRows | null {
  const checked = checkExpression(source);
  if (!checked.ok) return null;
  const joinedBy = checked.expression.kind === "or" ? "any" : "all";
  const rows = sidesOf(checked.expression, joinedBy === "any" ? "or" : "and").map(readRow);
  return rows.includes(null) ? null : { joinedBy, rows: rows.filter((row) => row !== null) };
}

function writeRow({ field, comparison, value }: RuleRow): string | null {
  const reference = writeField(field.trim());
  if (reference === null) return null;
  const kind = ROW_COMPARISONS[comparison].value;
  if (kind === "number") return isPlainDecimal(value.trim()) ? `${asNumber(reference)} ${comparison} ${value.trim()}` : null;
  const values = kind === "texts" ? value.split(",").map((text) => text.trim()) : [value];
  if (kind !== "none" && values.some((text) => text === "")) return null;
  const [first, list] = [quoted(value), `[${values.map(quoted).join(", ")}]`];
  switch (comparison) {
    case "in":
      return `${reference} in ${list}`;
    case "not_in":
      return `!(${reference} in ${list})`;
    case "domain_in":
      return `domain(${reference}) in ${list}`;
    case "is_true":
      return reference;
    case "is_false":
      return `!${reference}`;
    case "has":
      return `has(${reference})`;
    case "has_not":
      return `!has(${reference})`;
    case "==":
    case "!=":
      return `${reference} ${comparison} ${first}`;
    default:
      return `${reference}.${comparison}(${first})`;
  }
}

function writeField(field: string): string | null {
  if (isVariable(field)) return field;
  const path = field.replace(/^payload\./, "");
  if (!isFieldPath(path)) return null;
  return path.split(".").reduce((text, name) => (/^[A-Za-z_]\w*$/.test(name) ? `${text}.${name}` : `${text}[${quoted(name)}]`), "payload");
}

/** A number of the payload may have been sent as text; `dec` reads both. */
function asNumber(reference: string): string {
  return isVariable(reference) ? reference : `dec(${reference})`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function isVariable(name: string): name is Variable {
  return Object.hasOwn(VARIABLE_TYPES, name);
}

function sidesOf(expression: Expression, kind: "and" | "or"): Expression[] {
  return expression.kind === kind ? [...sidesOf(expression.left, kind), ...sidesOf(expression.right, kind)] : [expression];
}

function readRow(expression: Expression): RuleRow | null {
  switch (expression.kind) {
    case "field":
      return row(expression, "is_true", "");
    case "has":
      return row(expression.of, "has", "");
    case "not":
      return readNegated(expression.of);
    case "text":
      return row(expression.of, expression.test, textOf(expression.part));
    case "in":
      return expression.left.kind === "domain"
        ? row(expression.left.of, "domain_in", textsOf(expression.right))
        : row(expression.left, "in", textsOf(expression.right));
    case "compare": {
      const { operator, left, right } = expression;
      if (operator === "==" || operator === "!=") return row(left, operator, textOf(right));
      const isNumber = left.kind === "dec" || (left.kind === "variable" && left.name === "amount");
      return isNumber ? row(left.kind === "dec" ? left.of : left, operator, numberOf(right)) : null;
    }
    default:
      return null;
  }
}

function readNegated(of: Expression): RuleRow | null {
  if (of.kind === "field") return row(of, "is_false", "");
  if (of.kind === "has") return row(of.of, "has_not", "");
  return of.kind === "in" ? row(of.left, "not_in", textsOf(of.right)) : null;
}

function row(of: Expression, comparison: RowComparison, value: string | null): RuleRow | null {
  if (value === null) return null;
  if (of.kind === "variable") return { field: of.name, comparison, value };
  if (of.kind !== "field" || of.path.some((name) => typeof name === "number")) return null;
  const path = of.path.join(".");
  // A name with a dot can't be distinguished from two names.
  return isFieldPath(path) && path.split(".").length === of.path.length ? { field: `payload.${path}`, comparison, value } : null;
}

function textOf(of: Expression): string | null {
  return of.kind === "literal" && typeof of.value === "string" && of.value !== "" ? of.value : null;
}

function textsOf(of: Expression): string | null {
  if (of.kind !== "list") return null;
  const texts = of.items.map(textOf);
  return texts.some((text) => text === null || text.includes(",") || text !== text.trim()) ? null : texts.join(", ");
}

function numberOf(of: Expression): string | null {
  return of.kind === "literal" && typeof of.value === "object" && "scale" in of.value ? exactText(of.value).replaceAll(",", "") : null;
}
