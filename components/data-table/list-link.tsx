"use client";

import type { ComponentProps } from "react";
import { Link } from "@/components/ui/link";
import { useListNavigation } from "./list-frame";

/** A link to another view of the same list: the old one stays until the new one is there. */
export function ListLink({ href, ...rest }: Omit<ComponentProps<typeof Link>, "href" | "onNavigate" | "style"> & { href: string }) {
  const { go } = useListNavigation();
  return (
    <Link
      {...rest}
      href={href}
      prefetch={false}
      scroll={false}
      onNavigate={(event) => {
        event.preventDefault();
        go(href);
      }}
    />
  );
}
