import { askedText, othersAsked } from "@/components/approvals/asked-people";
import { Fact } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";

/** Who may decide besides the reader, each by the address that was asked. */
export function AskedFact({ approverEmail, askedEmails, askedAt, width }: {
  approverEmail: string;
  askedEmails: readonly string[];
  askedAt?: Date;
  width: "full" | "second-half";
}) {
  const others = othersAsked(approverEmail, askedEmails);
  return (
    <Fact label="Asked" width={width}>
      {askedText(others.length)}
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
          on <Instant at={askedAt} />
        </span>
      )}
    </Fact>
  );
}
