"use client";

import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * A link whose page is prefetched once someone points at it. Next prefetches every visible link, and again after each refresh:
 * with a sidebar, a dozen requests before that of a decision, over the six connections that a browser opens.
 */
export function Link({
  prefetch,
  onMouseEnter,
  onMouseLeave,
  onTouchStart,
  ...rest
}: Omit<ComponentProps<typeof NextLink>, "prefetch"> & { prefetch?: false }) {
  const [isWanted, setIsWanted] = useState(false);
  const want =
    <Event,>(handle: ((event: Event) => void) | undefined, wanted: boolean) =>
    (event: Event) => {
      setIsWanted(wanted);
      handle?.(event);
    };
  return (
    <NextLink
      {...rest}
      prefetch={prefetch !== false && isWanted ? null : false}
      onMouseEnter={want(onMouseEnter, true)}
      onMouseLeave={want(onMouseLeave, false)}
      onTouchStart={want(onTouchStart, true)}
    />
  );
}
