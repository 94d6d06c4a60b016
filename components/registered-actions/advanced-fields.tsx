"use client";

import { ChevronRight } from "lucide-react";
import { CheckInput } from "@/components/ui/check-input";
import { useTypedField } from "./use-typed-field";

/** What few need. It is open when something in it is set, so that nothing is hidden quietly. */
export function AdvancedFields({ isOpen }: { isOpen: boolean }) {
  const field = useTypedField();
  return (
    <details className="group/advanced border-t border-line pt-6" open={isOpen}>
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1.5 rounded-sm font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 text-subtle transition-transform group-open/advanced:rotate-90"
          strokeWidth={1.75}
          aria-hidden="true"
        />
        Advanced
      </summary>
      <div className="mt-4">
        <CheckInput
          {...field.tick("autoReleasesClaims")}
          label="Safe to execute twice"
          hint="When a claim expires without a report, another worker can claim the run. Otherwise the run is in doubt and a person settles it."
        />
      </div>
    </details>
  );
}
