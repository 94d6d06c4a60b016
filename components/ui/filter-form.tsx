import type { ComponentProps } from "react";
import { inConsole } from "@/lib/net/base-path";

/** A form whose fields belong in an address: filters and search words, nothing private. It works without a script. */
export function FilterForm({ action, ...rest }: Omit<ComponentProps<"form">, "method" | "action" | "style"> & { action: string }) {
  return <form {...rest} action={inConsole(action)} method="get" />;
}
