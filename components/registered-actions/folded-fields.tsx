"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { get, useFormState } from "react-hook-form";
import type { TypedAction } from "@/lib/registered-actions/form-schema";

/** Fields that few need. Open when something in them is set or wrong, so that nothing is hidden quietly. */
export function FoldedFields({
  title,
  names,
  isOpen,
  hasLine = false,
  children,
}: {
  title: string;
  names: readonly (keyof TypedAction | "policy.changeableFields")[];
  isOpen: boolean;
  /** A line above, where it is a section of its own. */
  hasLine?: boolean;
  children: ReactNode;
}) {
  const { errors, submitCount } = useFormState<TypedAction>();
  const isWrong = names.some((name) => get(errors, name) !== undefined);
  // Once opened for something wrong, it stays open while that is being corrected.
  const [wasWrong, setWasWrong] = useState(isWrong);
  if (isWrong && !wasWrong) setWasWrong(true);
  const details = useRef<HTMLDetailsElement>(null);
  // The reader may have closed it over something wrong, so each attempt to send opens it again.
  useEffect(() => {
    if (!isWrong || submitCount === 0 || details.current === null || details.current.open) return;
    details.current.open = true;
    details.current.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [isWrong, submitCount]);
  return (
    <details ref={details} className={`group/folded ${hasLine ? "border-t border-line pt-6" : ""}`} open={isOpen || wasWrong}>
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1.5 rounded-sm font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 text-subtle transition-transform group-open/folded:rotate-90"
          strokeWidth={1.75}
          aria-hidden="true"
        />
        {title}
      </summary>
      <div className="mt-4 grid gap-4">{children}</div>
    </details>
  );
}
