import { formatInstant } from "@/lib/domain/format-instant";

/** A moment, in UTC because a page without scripts cannot know the reader's zone. */
export function Instant({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{formatInstant(at)}</time>;
}
