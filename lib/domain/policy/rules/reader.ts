import type { Expression } from "./expression";
import { type Read, type RuleFacts, Unreadable } from "./read-facts";

/** Reads a value of a proposal's facts. */
export type Reader<T> = (facts: RuleFacts) => Read<T>;

export function always<T>(value: T): Reader<T> {
  return () => value;
}

export function unreadable(of: Expression, why: string): Reader<never> {
  const result = new Unreadable(of, why);
  return () => result;
}

/** What can't be read stays so. */
export function map<A, B>(read: Reader<A>, then: (value: A, facts: RuleFacts) => Read<B>): Reader<B> {
  return (facts) => {
    const value = read(facts);
    return value instanceof Unreadable ? value : then(value, facts);
  };
}

/** The first that can't be read is the answer. */
export function map2<A, B, C>(one: Reader<A>, other: Reader<B>, then: (one: A, other: B) => Read<C>): Reader<C> {
  return (facts) => {
    const a = one(facts);
    if (a instanceof Unreadable) return a;
    const b = other(facts);
    return b instanceof Unreadable ? b : then(a, b);
  };
}
