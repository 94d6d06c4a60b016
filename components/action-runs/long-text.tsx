import { foldText } from "./fold-text";
import { VisibleText } from "./visible-text";

const COUNT = new Intl.NumberFormat("en");

/** Shows a text from outside, folded when it is long. The fold says how much it hides, and opens without JavaScript. */
export function LongText({ text }: { text: string }) {
  const { head, hiddenCount } = foldText(text);
  if (hiddenCount === 0) return <VisibleText text={text} />;
  const more = `${COUNT.format(hiddenCount)} more ${hiddenCount === 1 ? "character" : "characters"}`;
  return (
    <details className="group/fold">
      <summary className="cursor-pointer list-none rounded-sm [&::-webkit-details-marker]:hidden">
        <span className="group-open/fold:hidden">
          <VisibleText text={head} />
          {"… "}
          <span className="text-link font-sans whitespace-nowrap print:text-muted">
            <span className="print:hidden">Show </span>
            {more}
            <span className="hidden print:inline"> not printed</span>
          </span>
        </span>
        <span className="hidden text-link font-sans group-open/fold:inline">Show less</span>
      </summary>
      <VisibleText text={text} />
    </details>
  );
}
