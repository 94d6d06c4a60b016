"use client";

import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { RadioCards } from "@/components/ui/radio-cards";
import { SelectInput } from "@/components/ui/select-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { SHARE_LIFETIMES } from "@/lib/domain/access/limits";
import { submitNewShare } from "@/lib/receipts/sharing/server-actions";

const LIFETIMES: Record<(typeof SHARE_LIFETIMES)[number], string> = {
  never: "Never, until it’s revoked",
  "1": "1 day",
  "7": "7 days",
  "30": "30 days",
  "90": "90 days",
  "365": "1 year",
};

export function ShareForm({ workspaceId, receiptId, onMade }: { workspaceId: string; receiptId: string; onMade: (url: string) => void }) {
  const form = useServerForm({
    schema: () => import("@/lib/receipts/sharing/schema").then(({ newShareSchema }) => newShareSchema),
    defaultValues: { receiptId, payload: "withheld", endsAfter: "never" },
    submit: (values) => submitNewShare(workspaceId, values),
    onDone: ({ url }) => onMade(url),
  });
  return (
    <Form form={form} label="Share receipt">
      <RadioCards
        legend="Contents"
        options={[
          {
            value: "withheld",
            title: "Without the payload",
            text: "The action, the agent’s name and key, the rule, who was asked, who decided and with what comment, whether the app reported it as executed, and all times. No amount, no recipient, no other value.",
          },
          {
            value: "disclosed",
            title: "With the payload",
            text: "All of that, plus every value of the payload, the agent’s reasoning and source, and the result or error that the app reported. Anyone who has read it once can keep a copy.",
          },
        ]}
        {...form.register("payload")}
      />
      <Field label="Expires after" name="endsAfter">
        <SelectInput {...form.register("endsAfter")}>
          {SHARE_LIFETIMES.map((lifetime) => (
            <option key={lifetime} value={lifetime}>
              {LIFETIMES[lifetime]}
            </option>
          ))}
        </SelectInput>
      </Field>
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Creating">
          Create link
        </Button>
      </DialogFooter>
    </Form>
  );
}
