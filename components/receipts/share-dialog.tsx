"use client";

import { Link2, Share2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { RadioCards } from "@/components/ui/radio-cards";
import { SecretDialog } from "@/components/ui/secret-dialog";
import { SecretValue } from "@/components/ui/secret-value";
import { SelectInput } from "@/components/ui/select-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { newShareSchema, SHARE_LIFETIMES } from "@/lib/receipts/sharing/schema";
import { submitNewShare } from "@/lib/receipts/sharing/server-actions";

const LIFETIMES: Record<(typeof SHARE_LIFETIMES)[number], string> = {
  never: "Until it is revoked",
  "1": "1 day",
  "7": "7 days",
  "30": "30 days",
  "90": "90 days",
  "365": "1 year",
};

/** Makes a link to a receipt, and shows it the one time that it can be read. */
export function ShareDialog({ workspaceId, receiptId }: { workspaceId: string; receiptId: string }) {
  return (
    <SecretDialog<string>
      trigger={<Button icon={<Share2 />}>Share</Button>}
      title="Share this receipt"
      shownTitle="The link to this receipt"
      description="Whoever has the link reads the receipt without an account, prints it, and checks it. You can revoke it."
      form={(onMade) => <ShareForm workspaceId={workspaceId} receiptId={receiptId} onMade={onMade} />}
      shown={(url) => <LinkShown url={url} />}
    />
  );
}

function ShareForm({ workspaceId, receiptId, onMade }: { workspaceId: string; receiptId: string; onMade: (url: string) => void }) {
  const form = useServerForm({
    schema: newShareSchema,
    defaultValues: { receiptId, payload: "withheld", endsAfter: "never" },
    submit: (values) => submitNewShare(workspaceId, values),
    onDone: ({ url }) => onMade(url),
  });
  return (
    <Form form={form} label="Share this receipt">
      <RadioCards
        legend="What it shows"
        options={[
          {
            value: "withheld",
            title: "The receipt without the payload",
            text: "The action, the agent’s name and key, the rule, who was asked, who decided and with what comment, whether the app reported it executed, and all times. No amount, no recipient, no other value.",
          },
          {
            value: "disclosed",
            title: "The payload too",
            text: "All of that, with every value of the payload, the agent’s reasoning and source, and the result or error that the app reported. Whoever has read it once can keep it.",
          },
        ]}
        {...form.register("payload")}
      />
      <Field label="It works for" name="endsAfter">
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
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Making">
          Make link
        </Button>
      </DialogFooter>
    </Form>
  );
}

function LinkShown({ url }: { url: string }) {
  return (
    <div className="grid gap-3">
      <Notice tone="wait" icon={Link2} title="Copy it now.">
        It is shown this one time: only a fingerprint of it is kept. Whoever has it can read the receipt.
      </Notice>
      <SecretValue value={url} label="Copy the link" />
      <DialogFooter>
        <DialogClose>
          <Button variant="primary">I have copied it</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
