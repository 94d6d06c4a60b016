import { MailState } from "./mail-state";
import { Avatar } from "@/components/ui/avatar";
import { Instant } from "@/components/ui/instant";
import { Tag } from "@/components/ui/tag";
import type { Decider } from "@/lib/approvals/waiting-run";

/** Who can decide, the reader first, and what became of each mail. */
export function DeciderList({ deciders }: { deciders: readonly Decider[] }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {deciders.map(({ email, name, isReader, standsInFor, mail }) => (
        <li className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 px-4 py-2" key={email}>
          <Avatar name={name ?? email} />
          <span className="flex min-w-0 flex-1 basis-40 flex-wrap items-center gap-x-2 wrap-anywhere" title={email}>
            <span className="font-medium">{name ?? email}</span>
            {isReader ? <Tag>you</Tag> : null}
            {standsInFor === null ? null : (
              <span className="basis-full text-xs text-muted">
                for {standsInFor.email}, who is away until <Instant at={standsInFor.until} format="minute" />
              </span>
            )}
          </span>
          <MailState mail={mail} />
        </li>
      ))}
    </ul>
  );
}
