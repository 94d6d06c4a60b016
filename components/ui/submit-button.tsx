"use client";

import { type ReactNode, useContext } from "react";
import { type ButtonVariant, buttonStyle } from "./button-style";
import { BusyValue } from "./post-form";

/** Submits its PostForm with its own name and value. While that is on its way, it says the verb and keeps its width. */
export function SubmitButton({
  name,
  value,
  variant,
  icon,
  label,
  busyLabel,
  skipsValidation = false,
}: {
  name: string;
  value: string;
  variant: ButtonVariant;
  icon: ReactNode;
  label: string;
  busyLabel: string;
  /** Sends the form although a required field is empty. */
  skipsValidation?: boolean;
}) {
  const busyValue = useContext(BusyValue);
  const isBusy = busyValue === value;
  return (
    // Not `disabled`: a browser leaves a disabled button's value out of what it sends.
    <button
      className={buttonStyle(variant, "touch")}
      type="submit"
      name={name}
      value={value}
      formNoValidate={skipsValidation}
      aria-disabled={busyValue !== null}
    >
      {icon}
      <span className="grid">
        <span className={`col-start-1 row-start-1 ${isBusy ? "invisible" : ""}`}>{label}</span>
        {isBusy ? (
          <span className="col-start-1 row-start-1" role="status">
            {busyLabel}
          </span>
        ) : null}
      </span>
    </button>
  );
}
