"use client";

import { Check, TriangleAlert } from "lucide-react";
import { createContext, type ReactNode, use, useId } from "react";

interface FieldParts {
  id: string;
  describedBy: string | undefined;
  isInvalid: boolean;
}

const FieldContext = createContext<FieldParts | null>(null);

/** What an input needs to belong to the Field around it; nothing when there is none. */
export function useFieldParts(): { id?: string; "aria-describedby"?: string; "aria-invalid"?: true } {
  const parts = use(FieldContext);
  if (parts === null) return {};
  return { id: parts.id, "aria-describedby": parts.describedBy, "aria-invalid": parts.isInvalid || undefined };
}

/** A label, one control, what to know about it and what is wrong with it. With a `name` it finds its error in the form around it. */
export function Field({
  label,
  hint,
  good,
  error,
  name,
  isOptional = false,
  isLabelHidden = false,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  /** What has been checked and is fine: "Free in this workspace." */
  good?: ReactNode;
  error?: string;
  name?: string;
  isOptional?: boolean;
  isLabelHidden?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const wrong = useFieldError(name) ?? error;
  const note = wrong ?? good ?? hint;
  const noteId = `${id}-note`;
  return (
    <FieldContext value={{ id, describedBy: note === undefined ? undefined : noteId, isInvalid: wrong !== undefined }}>
      <div className={`grid content-start gap-1.5 ${className ?? ""}`}>
        <label className={isLabelHidden ? "sr-only" : "text-sm font-medium"} htmlFor={id}>
          {label}
          {isOptional ? <span className="font-normal text-muted"> optional</span> : null}
        </label>
        {children}
        {note === undefined ? null : <FieldNote id={noteId} error={wrong} good={good} hint={hint} />}
      </div>
    </FieldContext>
  );
}

/**
 * Given by a Form. Of our own, because the context of react-hook-form would bring all of it to every page with a single input.
 */
export const FieldErrors = createContext<(name: string) => string | undefined>(() => undefined);

/** The message of a field in the form around it. */
export function useFieldError(name: string | undefined): string | undefined {
  const errorOf = use(FieldErrors);
  return name === undefined ? undefined : errorOf(name);
}

export function FieldNote({ id, error, good, hint }: { id: string; error?: string; good?: ReactNode; hint?: ReactNode }) {
  if (error !== undefined) {
    return (
      <p className="flex gap-1.5 text-xs text-stop" id={id} role="alert">
        <TriangleAlert className="mt-px size-3.5 flex-none" strokeWidth={2} aria-hidden="true" />
        {asSentence(error)}
      </p>
    );
  }
  if (good !== undefined) {
    return (
      <p className="flex gap-1.5 text-xs text-ok" id={id} role="status">
        <Check className="mt-px size-3.5 flex-none" strokeWidth={2} aria-hidden="true" />
        {good}
      </p>
    );
  }
  return (
    <p className="min-w-0 text-xs text-muted wrap-anywhere" id={id}>
      {hint}
    </p>
  );
}

/** The rules of schemas are written as the end of a sentence that begins with the field's name. */
function asSentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.?…]$/.test(text) ? text : `${text}.`;
}
