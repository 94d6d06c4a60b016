"use client";

import { Check } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckField } from "@/components/ui/check-field";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { RefusalNotice } from "@/components/ui/refusal-notice";
import { ScriptForm } from "@/components/ui/script-form";
import { isJsonObject } from "@/lib/domain/json-value";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { GrantOffer } from "@/lib/grants/offer-grant";
import type { TypedGrant } from "@/lib/grants/schema";
import { type GrantErrors, GrantFields } from "./grant-fields";
import { GrantNote } from "./grant-note";

/** Approves a run, and the same again within limits. Always a second step, whatever the risk: it approves more than is shown. */
export function GrantDialog({
  offer,
  facts,
  checkedLabel,
  answersAs,
  now,
  onApprove,
  onClose,
}: {
  offer: GrantOffer;
  /** What is approved now. */
  facts: ReactNode;
  checkedLabel: string;
  answersAs: ReactNode;
  now: number;
  /** Returns why it wasn't recorded, if the dialog should stay. */
  onApprove: (grant: TypedGrant) => Promise<Refusal | null>;
  onClose: () => void;
}) {
  const formId = useId();
  const [errors, setErrors] = useState<GrantErrors>({});
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    void loadErrors();
    return () => {
      isOpen.current = false;
    };
  }, []);

  const approve = async (form: FormData) => {
    const typed = typedOf(form);
    setRefusal(null);
    setIsBusy(true);
    const wrong = (await loadErrors())?.grantErrors(typed) ?? {};
    if (!isOpen.current) return;
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return setIsBusy(false);
    const refused = await onApprove(typed);
    setIsBusy(false);
    if (refused === null) return;
    const messages = fieldErrors(refused);
    setErrors(messages);
    if (Object.keys(messages).length === 0) setRefusal(refused);
  };

  return (
    <Dialog open onOpenChange={(opens) => (opens ? undefined : onClose())}>
      <DialogContent title="Approve this, and the same until a day you choose" width="lg">
        <ScriptForm
          className="grid gap-4"
          id={formId}
          onSubmit={(event) => {
            event.preventDefault();
            void approve(new FormData(event.currentTarget));
          }}
        >
          {refusal === null ? null : <RefusalNotice detail={refusal.detail} requestId={refusal.fields?.request_id} />}
          {facts}
          <GrantFields offer={offer} now={now} errors={errors} />
          <GrantNote needsConfirmation={offer.needsConfirmation} />
          <CheckField name="confirm" value="yes" label={checkedLabel} />
          {answersAs}
        </ScriptForm>
        <DialogFooter>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" form={formId} variant="primary" icon={<Check />} isBusy={isBusy} busyLabel="Approving">
            Approve this and the same
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** Most approvals have no grant, so what checks one is loaded when it's needed. null: it can't be, and the server checks all the same. */
function loadErrors() {
  return import("./grant-errors").catch(() => null);
}

function typedOf(form: FormData): TypedGrant {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  return {
    facts: form.getAll("facts").filter((value) => typeof value === "string"),
    amountEach: text("amountEach"),
    total: text("total"),
    maxUses: text("maxUses"),
    until: text("until"),
  };
}

function fieldErrors({ fields }: Refusal): GrantErrors {
  const errors: Record<string, string> = {};
  for (const error of Array.isArray(fields?.errors) ? fields.errors : []) {
    if (isJsonObject(error) && typeof error.path === "string" && typeof error.message === "string")
      errors[error.path.replace(/^grant\./, "").split(".")[0] ?? ""] ??= error.message;
  }
  return errors;
}
