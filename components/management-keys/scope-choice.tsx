"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { CheckBox } from "@/components/ui/check-box";
import { FieldNote, useFieldError } from "@/components/ui/field";
import { MANAGEMENT_SCOPE_NAMES, MANAGEMENT_SCOPES } from "@/lib/domain/access/management-scopes";

const NOTE = "scope-choice-note";

/** Chooses what a management key may do. */
export function ScopeChoice({ field }: { field: UseFormRegisterReturn }) {
  const error = useFieldError(field.name);
  return (
    <fieldset className="grid gap-2" aria-describedby={error === undefined ? undefined : NOTE}>
      <legend className="mb-1.5 text-sm font-medium">Scopes</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {MANAGEMENT_SCOPE_NAMES.map((scope) => (
          <label className="flex cursor-pointer items-start gap-2.5 text-sm max-md:py-1" key={scope}>
            <CheckBox {...field} value={scope} className="mt-0.5" />
            <span className="min-w-0">
              <code className="font-mono text-xs">{scope}</code>{" "}
              <span className="block text-xs text-muted">{MANAGEMENT_SCOPES[scope].text}</span>
            </span>
          </label>
        ))}
      </div>
      {error === undefined ? null : <FieldNote id={NOTE} error={error} />}
    </fieldset>
  );
}
