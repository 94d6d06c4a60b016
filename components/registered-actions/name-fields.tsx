"use client";

import { useEffect, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { isActionName } from "@/lib/domain/policy/action-names";
import { suggestActionName } from "@/lib/domain/policy/suggest-action-name";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { checkActionName } from "@/lib/registered-actions/server-actions";
import { useTypedField } from "./use-typed-field";

const DEBOUNCE_MS = 250;

/** Title and name. The name follows the title until one is typed, and is checked for availability while typing. */
export function NameFields({ workspaceId, isNew }: { workspaceId: string; isNew: boolean }) {
  const { setValue, setError, clearErrors, formState } = useFormContext<TypedAction>();
  const name = useWatch<TypedAction, "name">({ name: "name" });
  // A name that is filled in is the one that an agent proposed: the title may change, the name may not follow it.
  const [isNameTyped, setIsNameTyped] = useState(name !== "");
  const isFree = useIsNameFree(workspaceId, isNew ? name : "");
  const field = useTypedField();
  const title = field.text("title");
  const nameInput = field.text("name");

  useEffect(() => {
    if (isFree === false) setError("name", { type: "taken", message: `An action named ${name} already exists in this workspace.` });
    if (isFree === true) clearErrors("name");
  }, [isFree, name, setError, clearErrors]);

  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <Field label="Title" name="title" hint="Shown to approvers.">
        <TextInput
          {...title}
          autoComplete="off"
          placeholder="Refund a customer"
          onChange={(event) => {
            void title.onChange(event);
            if (!isNew || isNameTyped) return;
            clearErrors("name");
            setValue("name", suggestActionName(event.target.value), { shouldValidate: formState.isSubmitted, shouldDirty: true });
          }}
        />
      </Field>
      <Field
        label="Name"
        name="name"
        hint={isNew ? "The name your code uses." : "Your code uses this name, so it can’t be changed."}
        good={isFree === true ? "Available. Your code uses exactly this name." : undefined}
      >
        <TextInput
          {...nameInput}
          isMono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={!isNew}
          placeholder="refund_customer"
          onChange={(event) => {
            setIsNameTyped(event.target.value !== "");
            void nameInput.onChange(event);
            const isInvalid = event.target.value.length > 1 && !isActionName(event.target.value);
            if (isInvalid)
              setError("name", { type: "pattern", message: "Use lowercase letters, digits and underscores, starting with a letter." });
            else clearErrors("name");
          }}
        />
      </Field>
    </div>
  );
}

/** null while unknown: nothing is typed, the check is running, or the console didn't respond. */
function useIsNameFree(workspaceId: string, name: string): boolean | null {
  const [answer, setAnswer] = useState<{ name: string; isFree: boolean } | null>(null);
  useEffect(() => {
    if (!isActionName(name)) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      checkActionName(workspaceId, { name })
        .then((outcome) => {
          if (isCurrent && outcome.ok) setAnswer({ name, isFree: outcome.isFree });
        })
        // Registering checks it again.
        .catch(() => undefined);
    }, DEBOUNCE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [workspaceId, name]);
  return answer?.name === name ? answer.isFree : null;
}
