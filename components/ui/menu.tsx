"use client";

import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { inConsole } from "@/lib/net/base-path";
import { FLOATING_BOX } from "./floating-style";
import { Kbd } from "./kbd";
import { Link } from "./link";

/** A menu of actions; `trigger` is the button that opens it. */
export function Menu({
  trigger,
  align = "end",
  side,
  label,
  children,
}: {
  trigger: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom" | "right";
  label?: string;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={`min-w-48 p-1 ${FLOATING_BOX}`}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM =
  "flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1 text-sm outline-none select-none data-highlighted:bg-pressed data-disabled:cursor-not-allowed data-disabled:text-disabled max-md:min-h-10 [&>svg]:size-4 [&>svg]:flex-none [&>svg]:stroke-[1.75] [&>svg]:text-subtle";

/** Goes to `href`, or does `onSelect`. */
export function MenuItem({
  icon,
  href,
  download,
  onSelect,
  tone = "plain",
  shortcut,
  isDisabled = false,
  isCurrent = false,
  children,
}: {
  icon?: ReactNode;
  href?: string;
  /** The URL is a file: it is downloaded, not opened. */
  download?: string | boolean;
  onSelect?: () => void;
  tone?: "plain" | "danger";
  shortcut?: string;
  isDisabled?: boolean;
  isCurrent?: boolean;
  children: ReactNode;
}) {
  const look = `${ITEM} ${tone === "danger" ? "text-stop [&>svg]:text-stop" : ""}`;
  const words = (
    <>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {isCurrent ? <Check aria-label="current" /> : null}
      {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
    </>
  );
  if (href === undefined) {
    return (
      <DropdownMenu.Item className={look} disabled={isDisabled} onSelect={onSelect}>
        {words}
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item className={look} disabled={isDisabled} onSelect={onSelect} asChild>
      {download === undefined ? (
        <Link href={href} aria-current={isCurrent ? "page" : undefined}>
          {words}
        </Link>
      ) : (
        <a href={inConsole(href)} download={download}>
          {words}
        </a>
      )}
    </DropdownMenu.Item>
  );
}

export function MenuCheckItem({
  isChecked,
  onChange,
  isDisabled = false,
  children,
}: {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  isDisabled?: boolean;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.CheckboxItem
      className={`${ITEM} pl-[34px]`}
      checked={isChecked}
      disabled={isDisabled}
      onCheckedChange={onChange}
      // Several are chosen one after the other.
      onSelect={(event) => event.preventDefault()}
    >
      <DropdownMenu.ItemIndicator className="absolute left-3 [&>svg]:size-4">
        <Check strokeWidth={2} />
      </DropdownMenu.ItemIndicator>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuRadioItems({
  value,
  onChange,
  options,
}: {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: ReactNode }[];
}) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {options.map((option) => (
        <DropdownMenu.RadioItem className={`${ITEM} pl-[34px]`} key={option.value} value={option.value}>
          <DropdownMenu.ItemIndicator className="absolute left-3 [&>svg]:size-4">
            <Check strokeWidth={2} />
          </DropdownMenu.ItemIndicator>
          {option.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-2 pb-1 text-xs text-subtle">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}
