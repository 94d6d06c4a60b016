"use client";

import { type BaseSyntheticEvent, useEffect, useRef, useState } from "react";
import {
  type DefaultValues,
  type FieldValues,
  get,
  type Path,
  type PathValue,
  type Resolver,
  type UseFormRegister,
  type UseFormReturn,
  useForm,
} from "react-hook-form";
import type { z } from "zod";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { failureMessage, MAYBE_SAVED } from "./failure-messages";

type Outcome = { ok: true } | Refusal;

export interface ServerForm<Values extends FieldValues> extends UseFormReturn<Values> {
  isBusy: boolean;
  /** Something is typed that would be lost by leaving. */
  isGuarding: boolean;
  /** The server's errors that belong to no field. */
  refusal: Refusal | null;
  /** For a second button that does something else with what is typed. */
  setRefusal: (refusal: Refusal | null) => void;
  onSubmit: (event?: BaseSyntheticEvent) => void;
}

/**
 * A form whose values are checked here by the same schema as on the server. What the server refuses stands beside its field, the
 * rest above the form; what was typed stays; while a request is running, nothing is sent twice. The schema, and what reads it, is
 * a third of many a page's program, so it is loaded when somebody first enters a field.
 */
export function useServerForm<Schema extends z.ZodType<FieldValues, FieldValues>, Result extends Outcome>({
  schema,
  defaultValues,
  submit,
  onDone,
  guardsEdits = false,
}: {
  schema: () => Promise<Schema>;
  defaultValues: DefaultValues<z.input<Schema>>;
  /** Gets the values as typed: the server action parses them itself. */
  submit: (values: z.input<Schema>) => Promise<Result>;
  /** `values` are those that were sent. */
  onDone?: (result: Exclude<Result, Refusal>, values: z.input<Schema>) => void | Promise<void>;
  /** For long forms: asks before leaving with unsaved input. */
  guardsEdits?: boolean;
}): ServerForm<z.input<Schema>> {
  type Values = z.input<Schema>;
  const form: UseFormReturn<Values, unknown, Values> = useForm<Values, unknown, Values>({
    resolver: async (values, context, options) => {
      const check = await resolverOf<Schema>(schema).catch(() => null);
      // Couldn't be loaded: the server checks all the same.
      if (check === null) return { values, errors: {} };
      const result = await check(values, context, options);
      const { _names, _formState } = form.control;
      // Asked about a list as a whole, because a row was added or removed: one that is new is no mistake yet.
      const isRowChange = options.names?.every((name) => _names.array.has(name)) === true && !_formState.isSubmitted;
      return isRowChange ? { values: {}, errors: touchedErrors(result.errors, _formState.touchedFields) } : result;
    },
    defaultValues,
    mode: "onTouched",
    shouldFocusError: true,
  });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isSending = useRef(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const { isSubmitting, isDirty, errors: _subscribed } = form.formState;

  const showRefusal = async (refused: Refusal) => {
    const sorting = await loadServerErrors().catch(() => null);
    if (sorting === null) return setRefusal(refused);
    const { fieldMessages, sortMessages } = sorting;
    const { beside, general } = sortMessages(fieldMessages(refused), new Set([...form.control._names.mount]));
    beside.forEach(({ name, message }, place) => {
      form.setError(name as Path<Values>, { type: "server", message }, { shouldFocus: place === 0 });
    });
    const isSaidByFields = beside.length > 0 && general.length === 0;
    if (!isSaidByFields) setRefusal(general.length === 0 ? refused : { ...refused, detail: general.join(" ") });
  };

  const send = (event: BaseSyntheticEvent | undefined) =>
    form.handleSubmit(async (values) => {
      // Closed while the schema was loading.
      if (!isShown.current) return;
      const result = await submit(values);
      if (!result.ok) return showRefusal(result);
      // Saved values no longer count as edits.
      if (guardsEdits) form.reset(values, { keepValues: true });
      await onDone?.(result as Exclude<Result, Refusal>, values);
    })(event);

  return {
    ...form,
    register: useEarlyRegister(form, () => void resolverOf(schema).catch(() => {})),
    isBusy: isSubmitting,
    isGuarding: guardsEdits && isDirty,
    refusal,
    setRefusal,
    onSubmit: (event) => {
      event?.preventDefault();
      if (isSending.current) return;
      isSending.current = true;
      setRefusal(null);
      void send(event)
        .catch((error: unknown) => setRefusal({ ok: false, code: "internal_error", detail: failureMessage(error, MAYBE_SAVED) }))
        .finally(() => {
          isSending.current = false;
        });
    },
  };
}

/** Those of fields that somebody has left. */
function touchedErrors<Errors extends object>(errors: Errors, touched: unknown): Errors {
  const isTouched = Object.entries(errors).flatMap(([name, error]: [string, unknown]) => {
    const part = (touched as Record<string, unknown> | undefined)?.[name];
    if (typeof error !== "object" || error === null || part === undefined) return [];
    const left = "type" in error && typeof error.type === "string" ? error : touchedErrors(error, part);
    return Object.keys(left).length === 0 ? [] : [[name, left]];
  });
  return Object.fromEntries(isTouched) as Errors;
}

/** Loaded with the schema, so it is there when the server refuses something. */
const loadServerErrors = () => import("./server-errors");

async function resolverOf<Schema extends z.ZodType<FieldValues, FieldValues>>(
  load: () => Promise<Schema>,
): Promise<Resolver<z.input<Schema>, unknown, z.input<Schema>>> {
  const [{ zodResolver }, schema] = await Promise.all([import("@hookform/resolvers/zod"), load(), loadServerErrors()]);
  return zodResolver<z.input<Schema>, unknown, z.output<Schema>>(schema as never, undefined, { raw: true });
}

/**
 * What was typed, chosen, or filled in by the browser, before the page's program had arrived counts: registering would put the default
 * back. A field that is left as empty as it was found is no mistake yet: its message would move the very link that is being pressed.
 */
function useEarlyRegister<Values extends FieldValues>(
  { register, getValues, setValue, formState: { defaultValues } }: UseFormReturn<Values, unknown, Values>,
  onFirstFocus: () => void,
): UseFormRegister<Values> {
  const known = useRef(new WeakSet<Element>());
  return (name, options) => {
    const field = register(name, options);
    return {
      ...field,
      onBlur: (event) => {
        const target: unknown = event.target;
        const isAsFound = isTextField(target) && target.value === "" && !get(defaultValues, name);
        return isAsFound ? Promise.resolve() : field.onBlur(event);
      },
      ref: (element: Element | null) => {
        const isNew = element !== null && !known.current.has(element);
        const early = isNew ? earlyValue(element) : null;
        if (isNew) {
          known.current.add(element);
          element.addEventListener("focus", onFirstFocus, { once: true });
        }
        field.ref(element);
        // Of a list of checkboxes, the value is a list.
        const isOwnValue = early !== null && typeof early === typeof getValues(name);
        if (isOwnValue && early !== getValues(name)) setValue(name, early as PathValue<Values, typeof name>, { shouldDirty: true });
      },
    };
  };
}

/** What a person made of a field that the server drew; null: it is as it was drawn. */
function earlyValue(element: Element): string | boolean | null {
  if (isTextField(element)) return element.value === element.defaultValue ? null : element.value;
  if (element instanceof HTMLSelectElement) {
    const options = [...element.options];
    const drawn = options.find(({ defaultSelected }) => defaultSelected) ?? options[0];
    return element.value === drawn?.value ? null : element.value;
  }
  if (!(element instanceof HTMLInputElement)) return null;
  if (element.type === "checkbox") return element.checked === element.defaultChecked ? null : element.checked;
  // Registering the first of its choices changes which one is chosen.
  const chosen = [...(element.form?.elements ?? [])].find(
    (other): other is HTMLInputElement =>
      other instanceof HTMLInputElement && other.type === "radio" && other.name === element.name && other.checked,
  );
  return chosen === undefined || chosen.defaultChecked ? null : chosen.value;
}

function isTextField(element: unknown): element is HTMLInputElement | HTMLTextAreaElement {
  return (
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && element.type !== "checkbox" && element.type !== "radio")
  );
}
