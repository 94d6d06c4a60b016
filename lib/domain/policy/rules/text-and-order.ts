import type { Comparison, TextTest } from "./expression";

export const TEXT_TESTS: Record<TextTest, (text: string, part: string) => boolean> = {
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};

/** Whether the operator holds for two values in this order (-1, 0 or 1). */
export function holds(operator: Comparison, order: number): boolean {
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

/** The part after the @, in lower case. One plain address only: no name before it, no second address after it. */
export function domainOf(address: string): string | null {
  const domain = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)$/.exec(address)?.[1];
  return address.length <= 254 && domain !== undefined ? domain.toLowerCase() : null;
}
