"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { TextInput } from "@/components/ui/text-input";

/** A password, which can be looked at before it is sent. */
export function PasswordInput({
  className = "",
  ...rest
}: Omit<ComponentProps<typeof TextInput>, "type" | "unit" | "isMono"> & {
  autoComplete: "current-password" | "new-password";
}) {
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div className="relative">
      <TextInput
        {...rest}
        className={`pr-10 ${className}`}
        type={isShown ? "text" : "password"}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <button
        className="absolute top-1/2 right-1 grid size-7 -translate-y-1/2 cursor-pointer place-items-center rounded-sm text-muted hover:bg-pressed hover:text-ink max-md:size-8"
        type="button"
        aria-label="Show the password"
        aria-pressed={isShown}
        onClick={() => setIsShown(!isShown)}
      >
        <Icon className="size-4" strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}
