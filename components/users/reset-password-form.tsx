"use client";

import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { useServerForm } from "@/components/ui/use-server-form";
import { submitNewPassword } from "@/lib/users/server-actions";
import { AuthCard, AuthHead } from "./auth-frame";
import { NewPasswordField } from "./new-password-field";
import { leaveTo, signIn } from "./sign-in";

export function ResetPasswordForm({ token, email, next }: { token: string; email: string; next: string }) {
  const form = useServerForm({
    schema: () => import("@/lib/users/schema").then(({ resetPasswordSchema }) => resetPasswordSchema),
    defaultValues: { token, password: "" },
    submit: submitNewPassword,
    onDone: async (_, { password }) => {
      const signedIn = await signIn("password", { email, password });
      return leaveTo(signedIn.ok ? next : "/sign-in");
    },
  });
  return (
    <>
      <AuthHead title="Set a new password">For {email}</AuthHead>
      <AuthCard>
        <Form form={form} label="Set a new password">
          {/* So that a password manager knows whose password it keeps. */}
          <input className="sr-only" type="email" autoComplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
          <NewPasswordField label="New password" email={email} inputClassName="md:h-9" />
          <Button className="md:h-9" type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Setting password">
            Set password and sign in
          </Button>
          <p className="text-xs text-muted">This ends all other sessions of the account.</p>
        </Form>
      </AuthCard>
    </>
  );
}
