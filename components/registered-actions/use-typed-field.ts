"use client";

import { type FieldPathByValue, useFormContext } from "react-hook-form";
import type { TypedAction } from "@/lib/registered-actions/form-schema";

type TextField = FieldPathByValue<TypedAction, string>;
type TickField = FieldPathByValue<TypedAction, boolean>;

/** Registers a field and renders its initial value, so that it is visible before any script runs. */
export function useTypedField() {
  const { register, formState } = useFormContext<TypedAction>();
  const start = formState.defaultValues;
  return {
    text: (name: TextField) => ({ ...register(name), defaultValue: textAt(start, name) }),
    tick: (name: TickField) => ({ ...register(name), defaultChecked: start?.[name] === true }),
  };
}

function textAt(start: unknown, path: string): string {
  let value: unknown = start;
  for (const name of path.split("."))
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : "";
}
