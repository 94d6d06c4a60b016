"use client";

import { Controller, useFormContext, useWatch } from "react-hook-form";
import { CheckInput } from "@/components/ui/check-input";
import { Field } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import { durationText } from "@/lib/domain/time/duration-text";
import type { ActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import type { TypedAction } from "@/lib/registered-actions/schema";
import { AddressChips } from "./address-chips";
import { useTypedField } from "./use-typed-field";

/** Who is asked, for how long, and what is asked of their answer. Without `mayName` who is asked, and four eyes, are only told. */
export function ApprovalFields({ defaults, mayName }: { defaults: ActionDefaults; mayName: boolean }) {
  const { control } = useFormContext<TypedAction>();
  const typed = useTypedField();
  const current = useWatch({ control }) as TypedAction;
  const routed = defaults.approverEmails.join(", ");
  return (
    <>
      {mayName ? (
        <Controller
          control={control}
          name="approverEmails"
          render={({ field, fieldState }) => (
            <Field
              label="Who is asked"
              error={addressError(fieldState.error, field.value)}
              hint={
                field.value.length === 0
                  ? `Empty: ${routed}, ${defaults.isRoutedByWorkspace ? "the workspace's approvers" : "the owner, because the workspace names no approvers"}.`
                  : "The first decision wins. They need no account."
              }
            >
              <AddressChips value={field.value} onChange={field.onChange} onBlur={field.onBlur} />
            </Field>
          )}
        />
      ) : (
        <ApproversTold action={current} defaults={defaults} />
      )}
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <DurationField
          label="Time to decide"
          count="windowCount"
          unit="windowUnit"
          hint={`Empty: ${durationText(defaults.windowMinutes)}. After that the run is rejected.`}
        />
        <DurationField
          label="Approval validity"
          count="validCount"
          unit="validUnit"
          hint="Empty: no end. After that an approval that nobody claimed lapses, and owners get an email."
        />
      </div>
      {mayName ? (
        <Controller
          control={control}
          name="escalationEmails"
          render={({ field, fieldState }) => (
            <Field
              label="Asked when nobody answers"
              isOptional
              error={addressError(fieldState.error, field.value)}
              hint={escalationHint(field.value, defaults)}
            >
              <AddressChips value={field.value} onChange={field.onChange} onBlur={field.onBlur} />
            </Field>
          )}
        />
      ) : null}
      <div className="grid gap-3">
        <CheckInput
          {...typed.tick("requiresRejectComment")}
          label="A rejection needs a comment"
          hint="Whoever rejects says why, and the receipt keeps it."
        />
        {mayName ? (
          <CheckInput
            {...typed.tick("requiresFourEyes")}
            label="Four eyes"
            hint="A person cannot approve a run proposed with a key they made, at whichever of their addresses. They may still reject or block it."
          />
        ) : null}
      </div>
    </>
  );
}

/** A count and its unit, side by side. */
function DurationField({
  label,
  count,
  unit,
  hint,
}: {
  label: string;
  count: "windowCount" | "validCount";
  unit: "windowUnit" | "validUnit";
  hint: string;
}) {
  const typed = useTypedField();
  return (
    <Field label={label} name={count} isOptional hint={hint}>
      <div className="grid grid-cols-[minmax(0,1fr)_112px]">
        <TextInput {...typed.text(count)} className="rounded-r-none tabular-nums" inputMode="numeric" autoComplete="off" />
        <SelectInput
          {...typed.text(unit)}
          id={undefined}
          className="[&>select]:rounded-l-none [&>select]:border-l-0"
          aria-label={`Unit of ${label.toLowerCase()}`}
        >
          <option value="minute">minutes</option>
          <option value="hour">hours</option>
          <option value="day">days</option>
        </SelectInput>
      </div>
    </Field>
  );
}

/** For developers: whoever writes the agent does not choose who approves it. */
function ApproversTold({ action, defaults }: { action: TypedAction; defaults: ActionDefaults }) {
  const asked = action.approverEmails.length > 0 ? action.approverEmails : defaults.approverEmails;
  const later = action.escalationEmails.length > 0 ? action.escalationEmails : defaults.escalationEmails;
  return (
    <div className="grid gap-1 text-sm wrap-anywhere">
      <p>
        <span className="font-medium">Who is asked:</span> {asked.join(", ")}
      </p>
      {later.length === 0 ? null : (
        <p>
          <span className="font-medium">Asked when nobody answers:</span> {later.join(", ")}
        </p>
      )}
      <p>
        <span className="font-medium">Four eyes:</span> {action.requiresFourEyes ? "on" : "off"}
      </p>
      <p className="text-xs text-muted">Only owners and admins of the workspace change these.</p>
    </div>
  );
}

function escalationHint(own: readonly string[], { escalationEmails, escalationPercent }: ActionDefaults): string {
  const when = `after ${escalationPercent}% of the time, when there is no answer yet`;
  if (own.length > 0) return `They are asked too ${when}.`;
  return escalationEmails.length === 0
    ? `Empty: nobody else is asked ${when}.`
    : `Empty: ${escalationEmails.join(", ")}, named by the workspace, ${when}.`;
}

/** The message of the list, or of its first address that is none, with that address. */
function addressError(error: unknown, addresses: readonly string[]): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("message" in error && typeof error.message === "string") return error.message;
  const place = Object.keys(error).find((key) => /^\d+$/.test(key));
  return place === undefined ? undefined : `${addresses[Number(place)] ?? "This"} is no mail address. Remove it, or write it again.`;
}
