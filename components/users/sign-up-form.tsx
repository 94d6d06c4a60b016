"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { withNext } from "@/lib/domain/access/own-path";
import { submitSignUp } from "@/lib/users/server-actions";
import { AuthCard, AuthFooter, AuthHead } from "./auth-frame";
import { CheckYourMail } from "./check-your-mail";
import { inLocalTime } from "./in-local-time";
import { NewPasswordField } from "./new-password-field";
import { leaveTo, signIn } from "./sign-in";

/** The first account is signed in immediately; later ones confirm an email first. */
export function SignUpForm({
  isFirst,
  needsCode,
  isForOperators,
  next,
  isMailKept,
}: {
  isFirst: boolean;
  /** It is not opened on the console's own machine. */
  needsCode: boolean;
  /** No one else is emailed, and no one learns who they are. */
  isForOperators: boolean;
  next: string;
  isMailKept: boolean;
}) {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const form = useServerForm({
    schema: () => import("@/lib/users/schema").then(({ signUpSchema }) => signUpSchema),
    defaultValues: { name: "", email: "", password: "", next, ...(needsCode && { setupCode: "" }) },
    submit: (values) => inLocalTime(submitSignUp(values)),
    onDone: async ({ isSignedUp }, { email, password }) => {
      if (!isSignedUp) return setMailedTo(email.trim());
      const signedIn = await signIn("password", { email, password });
      return leaveTo(signedIn.ok ? next : "/sign-in");
    },
  });

  if (mailedTo !== null) {
    const address = <strong className="font-medium text-ink">{mailedTo}</strong>;
    return (
      <AuthCard>
        <CheckYourMail isMailKept={isMailKept} onBack={() => setMailedTo(null)}>
          {isForOperators ? (
            <>
              If the console’s settings name {address} as an operator,{" "}
              {isMailKept ? "an email with a link is stored for it" : "you’ll get an email with a link"}.
            </>
          ) : isMailKept ? (
            <>An email with a link is stored for {address}.</>
          ) : (
            <>Check {address} for an email with a link.</>
          )}{" "}
          Open the link to finish creating your account.
        </CheckYourMail>
      </AuthCard>
    );
  }
  return (
    <>
      <AuthHead title={isFirst ? "Set up DAAI Console" : "Create your account"}>
        {isFirst
          ? "This first account will be the operator."
          : isForOperators
            ? "Operators of this console create their accounts here. You’ll confirm your address by email."
            : "You’ll confirm your address by email."}
      </AuthHead>
      <AuthCard>
        <Form form={form} label="Create your account" takesFocus>
          <Field label="Name" name="name">
            <TextInput {...form.register("name")} className="md:h-9" autoComplete="name" />
          </Field>
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
          <NewPasswordField inputClassName="md:h-9" />
          {needsCode ? (
            <Field
              label="Setup code"
              name="setupCode"
              hint="The console printed this code in its terminal or log when it started. It’s required because you aren’t on the console’s own machine."
            >
              <TextInput
                {...form.register("setupCode")}
                className="font-mono md:h-9"
                autoComplete="off"
                spellCheck={false}
                placeholder="XXXX-XXXX-XXXX"
              />
            </Field>
          ) : null}
          <Button className="md:h-9" type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Creating account">
            Create account
          </Button>
        </Form>
      </AuthCard>
      <AuthFooter>
        {isFirst ? null : (
          <>
            Have an account?{" "}
            <Link className="text-link" href={withNext("/sign-in", next)}>
              Sign in
            </Link>
          </>
        )}
      </AuthFooter>
    </>
  );
}
