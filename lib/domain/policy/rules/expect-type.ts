import { commonType, type Expression, type ExpressionType, typeOf } from "./expression";
import { ExpressionError } from "./expression-error";

export const TYPE_NAMES: Record<ExpressionType, string> = {
  boolean: "true or false",
  decimal: "a number",
  string: "a text",
  time: "a time",
  list: "a list",
  any: "a payload field",
};

/** Fails unless the expression can have the type. */
export function expectType<E extends Expression>(expression: E, type: ExpressionType): E {
  const found = typeOf(expression);
  if (commonType(found, type) !== null) return expression;
  throw new ExpressionError(`Expected ${TYPE_NAMES[type]} here, but this is ${TYPE_NAMES[found]}.`, expression);
}
