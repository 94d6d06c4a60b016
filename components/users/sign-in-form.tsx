"use client";

import { Mail } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { failureMessage } from "@/components/ui/failure-messages";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { withNext } from "@/lib/domain/access/own-path";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { mailSignInLink } from "@/lib/users/server-actions";
import { AuthCard, AuthFooter, AuthHead } from "./auth-frame";
import { CheckYourMail } from "./check-your-mail";
import { inLocalTime } from "./in-local-time";
import { PasswordInput } from "./password-input";
import { leaveTo, signIn } from "./sign-in";

/** By password, or by a link that is mailed to the same address. */
export function SignInForm({
  host,
  next,
  email,
  maySignUp,
  isMailKept,
}: {
  host: string;
  next: string;
  email: string;
  maySignUp: boolean;
  isMailKept: boolean;
}) {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const [isMailing, setIsMailing] = useState(false);
  const form = useServerForm({
    schema: () => import("@/lib/users/schema").then(({ signInSchema }) => signInSchema),
    defaultValues: { email, password: "" },
    submit: (values) => inLocalTime(signIn("password", values)),
    onDone: () => leaveTo(next),
  });

  const mailLink = async () => {
    if (isMailing || !(await form.trigger("email", { shouldFocus: true }))) return;
    setIsMailing(true);
    const address = form.getValues("email").trim();
    form.setRefusal(null);
    const answer = await inLocalTime(mailSignInLink({ email: address, next })).catch(
      (error: unknown): Refusal => ({ ok: false, code: "internal_error", detail: failureMessage(error) }),
    );
    setIsMailing(false);
    if (answer.ok) setMailedTo(address);
    else form.setRefusal(answer);
  };

  if (mailedTo !== null) {
    return (
      <AuthCard>
        <CheckYourMail isMailKept={isMailKept} onBack={() => setMailedTo(null)}>
          If <strong className="font-medium text-ink">{mailedTo}</strong> has an account,{" "}
          {isMailKept ? "an email with a link is stored for it" : "you’ll get an email with a link"}. The link works once, for 15 minutes.
        </CheckYourMail>
      </AuthCard>
    );
  }
  return (
    <>
      <AuthHead title="Sign in to DAAI Console">{host}</AuthHead>
      <AuthCard>
        <Form form={form} label="Sign in" takesFocus>
          <Field label="Email" name="email">
            <TextInput
              {...form.register("email")}
              className="md:h-9"
              type="email"
              inputMode="email"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          <div className="relative">
            <Field label="Password" name="password">
              <PasswordInput {...form.register("password")} className="md:h-9" autoComplete="current-password" />
            </Field>
            <Link className="absolute top-0 right-0 text-xs/5 text-link hover:underline" href={withNext("/forgot-password", next)}>
              Forgot password?
            </Link>
          </div>
          <Button className="md:h-9" type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Signing in">
            Sign in
          </Button>
          <div className="flex items-center gap-3 text-xs text-subtle before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or
          </div>
          <Button className="md:h-9" icon={<Mail />} isBusy={isMailing} busyLabel="Sending" onClick={() => void mailLink()}>
            Email me a sign-in link
          </Button>
        </Form>
      </AuthCard>
      <AuthFooter>
        No account yet?{" "}
        {maySignUp ? (
          <Link className="text-link" href={withNext("/sign-up", next)}>
            Create one
          </Link>
        ) : (
          "Ask for an invitation."
        )}
      </AuthFooter>
    </>
  );
}
