"use client";

import { useRouter } from "next/navigation";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { renameMe } from "@/lib/users/server-actions";

export function ProfileCard({ name, email }: { name: string | null; email: string }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/users/schema").then(({ renameSchema }) => renameSchema),
    defaultValues: { name: name ?? "" },
    submit: renameMe,
    onDone: ({ name: saved }) => {
      form.reset({ name: saved });
      toast.show({ tone: "ok", title: "Name saved" });
      router.refresh();
    },
  });
  return (
    <Card aria-labelledby="profile">
      <CardHeader title="Profile" id="profile" />
      <CardBody>
        <Form form={form} className="grid max-w-[420px] gap-4" label="Profile">
          <Field label="Name" name="name" hint="Shown with your decisions and changes.">
            <TextInput {...form.register("name")} autoComplete="name" />
          </Field>
          <Field label="Email" hint="Identifies you in decisions, invitations and emails.">
            <TextInput type="email" value={email} autoComplete="email" readOnly />
          </Field>
          <SubmitRow form={form} label="Save" busyLabel="Saving" variant="plain" />
        </Form>
      </CardBody>
    </Card>
  );
}
