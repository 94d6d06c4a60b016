"use client";

import type { ReactNode } from "react";
import { AddressNotice } from "@/components/ui/address-notice";
import { RenderedAtProvider } from "@/components/ui/rendered-at";

/** Around everything. */
export function RootFrame({ at, children }: { at: number; children: ReactNode }) {
  return (
    <>
      <AddressNotice />
      <RenderedAtProvider at={at}>{children}</RenderedAtProvider>
    </>
  );
}

// Every page brings its error pages, its page for what doesn't exist and a frame, each of which would be built with a copy of these.
// What belongs to the root layout is there for all of them.
export { Link } from "@/components/ui/link";
export { ThemeToggle } from "@/components/ui/theme-toggle";
export { FailurePage } from "./failure-page";
