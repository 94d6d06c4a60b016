import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { Fact } from "@/components/ui/fact-list";

export function RecipientFact({ recipient }: { recipient: string | null }) {
  return (
    <Fact label="To">
      {recipient === null ? (
        <span className="text-muted">None the console could read</span>
      ) : (
        <span className="font-semibold">
          <LongText text={recipient} />
          <TextWarnings text={recipient} />
        </span>
      )}
    </Fact>
  );
}
