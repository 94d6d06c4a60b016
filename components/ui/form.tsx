"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { type FieldValues, FormProvider, type Path } from "react-hook-form";
import { Button, type ButtonProps } from "./button";
import { FieldErrors } from "./field";
import { LeaveGuard } from "./leave-guard";
import { RefusalNotice } from "./refusal-notice";
import { ScriptForm } from "./script-form";
import type { ServerForm } from "./use-server-form";

/** Shows what the server refused above its fields, and takes the reader there. */
export function Form<Values extends FieldValues>({
  form,
  className = "grid gap-4",
  id,
  label,
  takesFocus = false,
  children,
}: {
  form: ServerForm<Values>;
  className?: string;
  id?: string;
  label?: string;
  /** On a page that is about this form alone, typing can begin without a click. */
  takesFocus?: boolean;
  children: ReactNode;
}) {
  const start = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) focusFirstEmpty(start.current?.parentElement);
  }, [takesFocus]);
  return (
    <FormProvider {...form}>
      <LeaveGuard isOn={form.isGuarding} title="Leave without saving?" leaveLabel="Leave without saving">
        Your changes on this page aren’t saved and will be lost.
      </LeaveGuard>
      <ScriptForm className={className} id={id} aria-label={label} noValidate onSubmit={form.onSubmit}>
        {takesFocus ? <div className="hidden" ref={start} /> : null}
        {form.refusal === null ? null : <RefusalNotice detail={form.refusal.detail} requestId={form.refusal.fields?.request_id} />}
        <FieldErrors value={(name) => form.getFieldState(name as Path<Values>, form.formState).error?.message}>{children}</FieldErrors>
      </ScriptForm>
    </FormProvider>
  );
}

/** Where a keyboard is at hand: on a phone its keyboard would cover half of the page. What the reader has focused stays so. */
function focusFirstEmpty(form: HTMLElement | null | undefined): void {
  if (!matchMedia("(pointer: fine)").matches || document.activeElement !== document.body) return;
  const inputs = [...(form?.querySelectorAll<HTMLInputElement>("input:not([type=hidden], [type=checkbox], [type=radio])") ?? [])];
  inputs.find(({ value, disabled, readOnly }) => value === "" && !disabled && !readOnly)?.focus({ preventScroll: true });
}

/** The one primary button of a form. */
export function SubmitRow({
  form,
  label,
  busyLabel,
  variant = "primary",
  children,
}: {
  form: { isBusy: boolean };
  label: string;
  busyLabel: string;
  variant?: ButtonProps["variant"];
  /** What stands beside it: a Cancel. */
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button type="submit" variant={variant} isBusy={form.isBusy} busyLabel={busyLabel}>
        {label}
      </Button>
      {children}
    </div>
  );
}
