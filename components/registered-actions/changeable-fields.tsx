"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { lateUnlessFirst } from "@/components/ui/late";
import { lateModule, useLateModule } from "@/components/ui/late-module";
import { MAX_CHANGEABLE_FIELDS } from "@/lib/domain/policy/changeable-fields";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { FoldedFields } from "./folded-fields";

const lateRow = lateModule(() => import("./changeable-row").then((loaded) => loaded.ChangeableRow));
const ChangeableRow = lateUnlessFirst(lateRow);

/** Which fields of a payload approvers may change, and how far. Folded, because most actions have none. Part of the policy's version. */
export function ChangeableFields({ isOpen }: { isOpen: boolean }) {
  const { control } = useFormContext<TypedAction>();
  const list = useFieldArray({ control, name: "policy.changeableFields" });
  const [startsWithRows] = useState(list.fields.length > 0);
  useLateModule(lateRow, true);
  return (
    <FoldedFields title="Changes by approvers" names={["policy.changeableFields"]} isOpen={isOpen}>
      <p className="text-sm text-muted">
        Fields that an approver may change. The policy judges the changed request again. Only apps that take changes are given one. For
        others, approvers can reject with a proposal.
      </p>
      {list.fields.map(({ id }, index) => (
        <ChangeableRow key={id} isFirst={startsWithRows} props={{ index, onRemove: () => list.remove(index) }} />
      ))}
      {list.fields.length >= MAX_CHANGEABLE_FIELDS ? null : (
        <div>
          <Button size="sm" icon={<Plus />} onClick={() => list.append({ field: "", kind: "not_above", values: "", maxLength: "200" })}>
            Add a field
          </Button>
        </div>
      )}
    </FoldedFields>
  );
}
