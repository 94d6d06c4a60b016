import { Fact } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";
import type { Absent } from "@/lib/domain/runs/decision-view";

/** Who may decide besides the reader, each with the address that was asked. */
export function AskedFact({
  approverEmail,
  askedEmails,
  askedAt,
  standsInFor = null,
  takenOverFrom = null,
  width,
}: {
  approverEmail: string;
  askedEmails: readonly string[];
  askedAt?: Date;
  standsInFor?: Absent | null;
  /** Who reassigned the request to the reader. */
  takenOverFrom?: string | null;
  width: "full" | "second-half";
}) {
  const others = othersAsked(approverEmail, askedEmails);
  return (
    <Fact label="Approvers" width={width}>
      {askedText(others.length)}
      {standsInFor === null ? null : (
        <span className="block text-xs wrap-anywhere">
          on behalf of {standsInFor.email}, who is out of office until <Instant at={standsInFor.until} format="minute" />
        </span>
      )}
      {takenOverFrom === null ? null : <span className="block text-xs wrap-anywhere">reassigned from {takenOverFrom}</span>}
      {others.map((email) => (
        <span className="block text-xs text-muted" key={email}>
          {/* It breaks at the @ before it breaks anywhere. */}
          {email.slice(0, email.indexOf("@"))}
          <wbr />
          {email.slice(email.indexOf("@"))}
        </span>
      ))}
      {askedAt === undefined ? null : (
        <span className="block text-xs text-muted">
          asked on <Instant at={askedAt} />
        </span>
      )}
    </Fact>
  );
}

/** Lists the other approvers to one of them. */
function othersAsked(approverEmail: string, askedEmails: readonly string[]): string[] {
  return askedEmails.filter((email) => email !== approverEmail);
}

/** "Only you", "You and 1 other", "You and 3 others". */
function askedText(otherCount: number): string {
  if (otherCount === 0) return "Only you";
  return `You and ${otherCount} ${otherCount === 1 ? "other" : "others"}`;
}
