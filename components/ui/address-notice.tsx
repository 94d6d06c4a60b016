"use client";

import { MapPinOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { inConsole } from "@/lib/net/base-path";
import { openedElsewhere } from "./opened-elsewhere";

const never = () => () => undefined;
const shown = () => openedElsewhere()?.words ?? "";

/** Shown on pages opened at another address than the console's own, before anything is typed that would be refused. */
export function AddressNotice() {
  const words = useSyncExternalStore(never, shown, () => "");
  if (words === "") return null;
  return (
    <div
      className="flex items-start gap-2.5 border-b border-wait-line bg-wait-soft px-4 py-2.5 text-sm wrap-anywhere print:hidden"
      role="alert"
    >
      <MapPinOff className="mt-0.5 size-4 flex-none text-wait" strokeWidth={1.75} aria-hidden="true" />
      <p>
        {words} You can’t change anything here.{" "}
        <a className="text-link" href={inConsole(openedElsewhere()?.href ?? "")}>
          Open this page at the console’s address
        </a>
      </p>
    </div>
  );
}
