"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { lateUnlessFirst } from "@/components/ui/late";
import { lateModule, useLateModule } from "@/components/ui/late-module";
import { TextInput } from "@/components/ui/text-input";
import { MAX_LATER_STAGES } from "@/lib/domain/access/limits";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { counted } from "@/lib/words/counted";
import { FoldedFields } from "./folded-fields";
import { useTypedField } from "./use-typed-field";

const lateStage = lateModule(() => import("./later-stage").then((loaded) => loaded.LaterStage));
const LaterStage = lateUnlessFirst(lateStage);

/** How many of the approvers must approve, and who is asked after them. Folded, because for most actions one approval is enough. */
export function StageFields({ isOpen, groups }: { isOpen: boolean; groups: readonly string[] }) {
  const { control } = useFormContext<TypedAction>();
  const typed = useTypedField();
  const stages = useFieldArray({ control, name: "laterStages" });
  const [startsWithStages] = useState(stages.fields.length > 0);
  useLateModule(lateStage, true);
  const [approvers, group] = useWatch({ control, name: ["approverEmails", "approverGroup"] });
  const count = approvers.length;
  return (
    <FoldedFields title="Several people" names={["approvals", "laterStages"]} isOpen={isOpen}>
      <Field
        label="Approvals needed"
        name="approvals"
        hint={
          group !== ""
            ? `How many of the members of ${group} must approve. One rejection ends the request. Nobody counts twice.`
            : count === 0
              ? "How many of the approvers must approve. For more than one, name the approvers above."
              : `How many of the ${counted(count, "approver")} must approve. One rejection ends the request. Nobody counts twice.`
        }
      >
        <TextInput {...typed.text("approvals")} className="max-w-24 tabular-nums" inputMode="numeric" autoComplete="off" />
      </Field>
      {stages.fields.map(({ id }, index) => (
        <LaterStage key={id} isFirst={startsWithStages} props={{ index, groups, onRemove: () => stages.remove(index) }} />
      ))}
      {stages.fields.length >= MAX_LATER_STAGES ? null : (
        <div>
          <Button size="sm" icon={<Plus />} onClick={() => stages.append({ approvals: "1", people: [], group: "" })}>
            Add a stage
          </Button>
        </div>
      )}
    </FoldedFields>
  );
}
