"use client";

import { useRouter } from "next/navigation";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { changeMyPassword } from "@/lib/users/server-actions";
import { inLocalTime } from "./in-local-time";
import { NewPasswordField } from "./new-password-field";
import { PasswordInput } from "./password-input";

export function PasswordCard({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/users/schema").then(({ changePasswordSchema }) => changePasswordSchema),
    defaultValues: { currentPassword: "", password: "" },
    submit: (values) => inLocalTime(changeMyPassword(values)),
    onDone: ({ sessionsEnded }) => {
      form.reset();
      toast.show({ tone: "ok", title: hasPassword ? "Password changed" : "Password set", children: endedWords(sessionsEnded) });
      router.refresh();
    },
  });
  return (
    <Card aria-labelledby="password">
      <CardHeader title="Password" id="password" />
      <CardBody>
        <Form form={form} className="grid max-w-[420px] gap-4" label="Password">
          {hasPassword ? null : (
            <p className="text-muted">
              So far, you’ve signed in with links sent by email. With a password, you can sign in without an email.
            </p>
          )}
          {/* So that a password manager knows whose password it changes. */}
          <input className="sr-only" type="email" autoComplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
          {hasPassword ? (
            <Field label="Current password" name="currentPassword">
              <PasswordInput {...form.register("currentPassword")} autoComplete="current-password" />
            </Field>
          ) : null}
          <NewPasswordField label="New password" email={email} />
          <SubmitRow form={form} label={hasPassword ? "Change password" : "Set password"} busyLabel="Saving" variant="plain">
            <span className="text-xs text-muted">This ends your other sessions.</span>
          </SubmitRow>
        </Form>
      </CardBody>
    </Card>
  );
}

function endedWords(count: number): string {
  return count === 0 ? "You have no other sessions." : `${count} other ${count === 1 ? "session was" : "sessions were"} ended.`;
}
