"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { NewPasswordField } from "@/components/users/new-password-field";
import { leaveTo, signIn } from "@/components/users/sign-in";
import { joinAsNew } from "@/lib/members/server-actions";

/** For someone who was invited and has no account yet: the invitation proves the address. */
export function JoinForm({ token, email }: { token: string; email: string }) {
  const form = useServerForm({
    schema: () => import("@/lib/members/schema").then(({ joinSchema }) => joinSchema),
    defaultValues: { token, name: "", password: "" },
    submit: joinAsNew,
    onDone: async ({ workspaceId }, { password }) => {
      const signedIn = await signIn("password", { email, password });
      return leaveTo(signedIn.ok ? `/workspaces/${workspaceId}` : "/sign-in");
    },
  });
  return (
    <Form form={form} label="Create your account and join">
      <Field label="Email" hint="The invitation was sent to it, so it needs no confirmation.">
        <TextInput className="md:h-9" type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <Field label="Name" name="name">
        <TextInput {...form.register("name")} className="md:h-9" autoComplete="name" />
      </Field>
      <NewPasswordField email={email} inputClassName="md:h-9" />
      <Button className="md:h-9" type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Joining">
        Create account and join
      </Button>
    </Form>
  );
}
