"use client";

import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, type RefObject, useCallback } from "react";
import { inConsole } from "@/lib/net/base-path";
import { FLOATING_BOX } from "./floating-style";
import { Kbd } from "./kbd";
import { TriggerElsewhere } from "./late-trigger";
import { Link } from "./link";

export interface MenuBoxProps {
  align?: "start" | "end";
  side?: "top" | "bottom" | "right";
  label?: string;
  children: ReactNode;
}

export function MenuBox({
  element,
  isOpen,
  onOpenChange,
  startsAtFirst,
  align = "end",
  side,
  label,
  children,
}: MenuBoxProps & {
  /** What opened it. */
  element: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Opened by a key before this was loaded, which Radix therefore didn't see. */
  startsAtFirst: boolean;
}) {
  const startAtFirst = useCallback(
    (content: HTMLDivElement | null) => {
      if (startsAtFirst) content?.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus({ preventScroll: true });
    },
    [startsAtFirst],
  );
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>
        <TriggerElsewhere element={element} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={`min-w-48 p-1 ${FLOATING_BOX}`}
          ref={startAtFirst}
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
export interface MenuItemProps {
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
}

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
}: MenuItemProps) {
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

export interface MenuCheckItemProps {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  isDisabled?: boolean;
  children: ReactNode;
}

export function MenuCheckItem({ isChecked, onChange, isDisabled = false, children }: MenuCheckItemProps) {
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

export interface MenuRadioItemsProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: ReactNode }[];
}

export function MenuRadioItems({ value, onChange, options }: MenuRadioItemsProps) {
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
