"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style";
import { Kbd } from "./kbd";
import { useWaitsForScript } from "./script-form";

type NativeButton = Omit<ComponentProps<"button">, "style">;

export interface ButtonProps extends NativeButton {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  kbd?: string;
  isBusy?: boolean;
  /** The label while busy: "Saving". */
  busyLabel?: string;
}

/** While busy, it shows this label, keeps its width and focus, and ignores presses. */
export function Button({
  variant = "plain",
  size = "md",
  icon,
  kbd,
  isBusy = false,
  busyLabel,
  className,
  children,
  onClick,
  type = "button",
  disabled,
  ...rest
}: ButtonProps) {
  const waitsForScript = useWaitsForScript();
  return (
    <button
      {...rest}
      className={buttonStyle(variant, size, className)}
      type={type}
      disabled={disabled === true || waitsForScript}
      aria-disabled={isBusy || rest["aria-disabled"]}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon === undefined ? null : <ButtonIcon>{isBusy ? <LoaderCircle className="animate-turn" /> : icon}</ButtonIcon>}
      {busyLabel === undefined ? (
        children
      ) : (
        <BusyWords isBusy={isBusy} busyLabel={busyLabel} isAlone={icon === undefined}>
          {children}
        </BusyWords>
      )}
      {kbd === undefined ? null : <Kbd isOnAccent={variant === "primary"}>{kbd}</Kbd>}
    </button>
  );
}

/** Both words lie in one cell, so the longer one gives the width and nothing moves. */
function BusyWords({
  isBusy,
  busyLabel,
  isAlone,
  children,
}: {
  isBusy: boolean;
  busyLabel: string;
  isAlone: boolean;
  children: ReactNode;
}) {
  return (
    <span className="grid">
      <span className={`col-start-1 row-start-1 ${isBusy ? "invisible" : ""}`}>{children}</span>
      <span
        className={`col-start-1 row-start-1 ${isBusy ? (isAlone ? "animate-breathe" : "") : "invisible"}`}
        role={isBusy ? "status" : undefined}
        aria-hidden={!isBusy}
      >
        {busyLabel}
      </span>
    </span>
  );
}

function ButtonIcon({ children }: { children: ReactNode }) {
  return (
    <span className="flex-none [&>svg]:size-4 [&>svg]:stroke-[1.75]" aria-hidden="true">
      {children}
    </span>
  );
}

const SQUARES: Record<ButtonSize, string> = {
  sm: "w-7 px-0 max-md:w-9",
  md: "w-8 px-0 max-md:w-10",
  lg: "w-11 px-0 max-md:w-12",
  touch: "w-12 px-0",
};

/** A button with an icon alone; `label` is what it is called. */
export function IconButton({
  label,
  variant = "ghost",
  size = "md",
  className,
  children,
  type = "button",
  ...rest
}: Omit<NativeButton, "aria-label"> & {
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
}) {
  return (
    <button
      {...rest}
      className={buttonStyle(variant, size, `${SQUARES[size]} !px-0 ${className ?? ""}`)}
      type={type}
      aria-label={label}
      title={rest.title ?? label}
    >
      <ButtonIcon>{children}</ButtonIcon>
    </button>
  );
}
