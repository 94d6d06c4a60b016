"use client";

import { useFormContext, useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { passwordStrength } from "@/lib/domain/access/password-strength";
import { PasswordInput } from "./password-input";

const BARS = ["bg-line-strong", "bg-wait-solid", "bg-ok-solid", "bg-ok-solid"] as const;

/** A new password, with a hint of its strength while typing. Its form needs a field `password`. */
export function NewPasswordField({
  label = "Password",
  email,
  inputClassName,
}: {
  label?: string;
  /** Whose it is, when the form does not ask for it. */
  email?: string;
  inputClassName?: string;
}) {
  const { register } = useFormContext<{ password: string; email?: string }>();
  const [password = "", typedEmail = ""] = useWatch<{ password: string; email: string }, ["password", "email"]>({
    name: ["password", "email"],
  });
  const { level, words } = passwordStrength(password, email ?? typedEmail);
  return (
    <Field label={label} name="password" hint={<Strength level={level} words={words} />}>
      <PasswordInput {...register("password")} className={inputClassName} autoComplete="new-password" />
    </Field>
  );
}

function Strength({ level, words }: { level: 0 | 1 | 2 | 3; words: string }) {
  return (
    <span className="flex items-center gap-2">
      <span className="flex flex-none gap-0.5" aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <span className={`h-1 w-4 rounded-sm ${bar <= level ? BARS[level] : BARS[0]}`} key={bar} />
        ))}
      </span>
      <span aria-live="polite">{words}</span>
    </span>
  );
}
