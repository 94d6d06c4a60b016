"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { withNext } from "@/lib/domain/access/own-path";
import { mailPasswordReset } from "@/lib/users/server-actions";
import { AuthCard, AuthFooter, AuthHead } from "./auth-frame";
import { CheckYourMail } from "./check-your-mail";
import { inLocalTime } from "./in-local-time";

export function ForgotPasswordForm({ next, isMailKept }: { next: string; isMailKept: boolean }) {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const form = useServerForm({
    schema: () => import("@/lib/users/schema").then(({ mailLinkSchema }) => mailLinkSchema),
    defaultValues: { email: "", next },
    submit: (values) => inLocalTime(mailPasswordReset(values)),
    onDone: (_, { email }) => setMailedTo(email.trim()),
  });

  if (mailedTo !== null) {
    return (
      <AuthCard>
        <CheckYourMail isMailKept={isMailKept} onBack={() => setMailedTo(null)}>
          If <strong className="font-medium text-ink">{mailedTo}</strong> has an account,{" "}
          {isMailKept
            ? "an email with a link to reset the password is stored for it"
            : "you’ll get an email with a link to reset your password"}
          . The link works once, for an hour.
        </CheckYourMail>
      </AuthCard>
    );
  }
  return (
    <>
      <AuthHead title="Reset your password">You’ll get a link by email.</AuthHead>
      <AuthCard>
        <Form form={form} label="Reset your password">
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
          <Button className="md:h-9" type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Sending">
            Send reset link
          </Button>
        </Form>
      </AuthCard>
      <AuthFooter>
        <Link className="text-link" href={withNext("/sign-in", next)}>
          Back to sign in
        </Link>
      </AuthFooter>
    </>
  );
}
