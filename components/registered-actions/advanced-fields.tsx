"use client";

import { CheckInput } from "@/components/ui/check-input";
import { FoldedFields } from "./folded-fields";
import { useTypedField } from "./use-typed-field";

export function AdvancedFields({ isOpen }: { isOpen: boolean }) {
  const field = useTypedField();
  return (
    <FoldedFields title="Advanced" names={["autoReleasesClaims"]} isOpen={isOpen} hasLine>
      <CheckInput
        {...field.tick("autoReleasesClaims")}
        label="Safe to execute twice"
        hint="When a claim expires without a report, another worker can claim the run. Otherwise the run is in doubt and a person settles it."
      />
    </FoldedFields>
  );
}
