import { CircleAlert, Info } from "lucide-react";
import type { ReactNode } from "react";
import { TONE_BOX } from "@/components/ui/tone";

/** Something not to be missed. */
export function Callout({ tone = "live", title, children }: { tone?: "live" | "wait"; title: string; children: ReactNode }) {
  const Icon = tone === "live" ? Info : CircleAlert;
  return (
    <div className={`flex gap-2.5 rounded-lg border px-3.5 py-3 text-md ${TONE_BOX[tone]}`} role="note">
      <Icon className="mt-1 size-4 flex-none" strokeWidth={1.75} aria-hidden="true" />
      <div className="grid gap-1 text-ink">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  );
}
