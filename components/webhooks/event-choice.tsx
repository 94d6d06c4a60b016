"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { CheckBox } from "@/components/ui/check-box";
import { FieldNote, useFieldError } from "@/components/ui/field";
import { WEBHOOK_EVENT_LABELS, type WebhookEvent } from "@/lib/domain/runs/webhook-events";

const NOTE = "event-choice-note";

/** Chooses the events an endpoint receives. */
export function EventChoice({ events, field }: { events: readonly WebhookEvent[]; field: UseFormRegisterReturn }) {
  const error = useFieldError(field.name);
  return (
    <fieldset className="grid gap-2" aria-describedby={error === undefined ? undefined : NOTE}>
      <legend className="mb-1.5 text-sm font-medium">Events</legend>
      {events.map((event) => (
        <label className="flex cursor-pointer items-start gap-2.5 text-sm max-md:py-1" key={event}>
          <CheckBox {...field} value={event} className="mt-0.5" />
          <span className="min-w-0">
            <code className="font-mono text-xs">{event}</code>{" "}
            <span className="block text-xs text-muted">{WEBHOOK_EVENT_LABELS[event]}</span>
          </span>
        </label>
      ))}
      {error === undefined ? null : <FieldNote id={NOTE} error={error} />}
    </fieldset>
  );
}
