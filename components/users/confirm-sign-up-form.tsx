"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useServerForm } from "@/components/ui/use-server-form";
import { submitSignUpConfirmation } from "@/lib/users/server-actions";
import { inLocalTime } from "./in-local-time";
import { PasswordInput } from "./password-input";
import { leaveTo, signIn } from "./sign-in";

export function ConfirmSignUpForm({ token, email, next }: { token: string; email: string; next: string }) {
  const form = useServerForm({
    schema: () => import("@/lib/users/schema").then(({ confirmSignUpSchema }) => confirmSignUpSchema),
    defaultValues: { token, password: "" },
    submit: (values) => inLocalTime(submitSignUpConfirmation(values)),
    onDone: async (_, { password }) => {
      const signedIn = await signIn("password", { email, password });
      return leaveTo(signedIn.ok ? next : "/sign-in");
    },
  });
  return (
    <Form form={form} label="Confirm your address">
      {/* So that a password manager knows whose password it fills in. */}
      <input className="sr-only" type="email" autoComplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
      <Field
        label="Password"
        name="password"
        hint="Enter the password you chose when you signed up. It confirms that the request was yours."
      >
        <PasswordInput {...form.register("password")} className="md:h-9" autoComplete="current-password" />
      </Field>
      <Button className="md:h-9" type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Creating account">
        Confirm and sign in
      </Button>
    </Form>
  );
}
