import { ChevronLeft, ChevronRight } from "lucide-react";
import { ButtonLink } from "./button-link";

/** The way through a list that is read from its newest end. */
export function OlderNewer({ newerHref, olderHref }: { newerHref: string | null; olderHref: string | null }) {
  if (newerHref === null && olderHref === null) return null;
  return (
    <nav className="flex justify-end gap-2 border-t border-line px-3 py-2" aria-label="Pages">
      {newerHref === null ? null : (
        <ButtonLink href={newerHref} size="sm" icon={<ChevronLeft />}>
          Newer
        </ButtonLink>
      )}
      {olderHref === null ? null : (
        <ButtonLink href={olderHref} size="sm" icon={<ChevronRight />}>
          Older
        </ButtonLink>
      )}
    </nav>
  );
}
