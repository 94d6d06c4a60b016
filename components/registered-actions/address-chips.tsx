"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, type RefCallback, useRef, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { useFieldParts } from "@/components/ui/field";
import { lateModule, useLateModule } from "@/components/ui/late-module";

/** Mail addresses, each a chip. Enter, comma, space, or leaving the field takes what was typed; a list can be pasted. */
export function AddressChips({
  ref,
  value,
  onChange,
  onBlur,
  placeholder = "Add an email address",
}: {
  /** Where the focus goes when the list is wrong. */
  ref?: RefCallback<HTMLInputElement>;
  value: readonly string[];
  onChange: (addresses: string[]) => void;
  onBlur?: () => void;
  placeholder?: string;
}) {
  const parts = useFieldParts();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const schema = useLateModule(lateSchema, true);

  const add = (text: string) => {
    const pieces = text.split(/[\s,;]+/).filter((piece) => piece !== "");
    if (pieces.length > 0) onChange([...new Set([...value, ...pieces.map((piece) => piece.toLowerCase())])]);
    setTyped("");
  };
  const remove = (address: string) => {
    onChange(value.filter((other) => other !== address));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const last = value.at(-1);
    if (["Enter", ",", ";", " "].includes(event.key) && typed.trim() !== "") {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "" && last !== undefined) {
      remove(last);
    }
  };

  return (
    <div className="flex flex-wrap gap-1.5 rounded-md border border-line-control bg-surface p-1 transition-colors focus-within:border-focus focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus hover:border-muted has-[input[aria-invalid=true]]:border-stop-solid">
      {value.map((address) => (
        <AddressChip
          key={address}
          address={address}
          isWrong={schema?.safeParse(address).success === false}
          onRemove={() => remove(address)}
        />
      ))}
      <input
        {...parts}
        ref={(element) => {
          input.current = element;
          ref?.(element);
        }}
        className="h-6 min-w-36 flex-1 bg-transparent px-1.5 text-sm outline-none placeholder:text-subtle max-md:h-8 max-md:text-lg"
        type="email"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        placeholder={value.length === 0 ? placeholder : "Add another"}
        onChange={(event) => (/[\s,;]/.test(event.target.value.trim()) ? add(event.target.value) : setTyped(event.target.value))}
        onKeyDown={onKeyDown}
        onBlur={() => {
          add(typed);
          onBlur?.();
        }}
      />
    </div>
  );
}

/** What tells which addresses are wrong. Saved ones aren't, so it's loaded after the page. */
const lateSchema = lateModule(() => import("@/lib/domain/access/email-address").then(({ emailSchema }) => emailSchema));

function AddressChip({ address, isWrong, onRemove }: { address: string; isWrong: boolean; onRemove: () => void }) {
  return (
    <span
      className={`inline-flex h-6 max-w-full items-center gap-1.5 rounded-sm pr-0.5 pl-1 text-xs max-md:h-8 ${isWrong ? "bg-stop-soft text-stop" : "bg-pressed"}`}
    >
      <Avatar name={address} size="xs" />
      <span className="min-w-0 truncate" title={address}>
        {address}
      </span>
      <button
        className="flex size-5 flex-none cursor-pointer items-center justify-center rounded-sm text-subtle hover:text-ink max-md:size-7"
        type="button"
        aria-label={`Remove ${address}`}
        onClick={onRemove}
      >
        <X className="size-3" strokeWidth={2.25} aria-hidden="true" />
      </button>
    </span>
  );
}
