import { fitOnPaper } from "./fit-on-paper";
import { VisibleText } from "@/components/action-runs/visible-text";
import type { PayloadRow } from "@/lib/domain/policy/payload-rows";

const COUNT = new Intl.NumberFormat("en");

/** The payload on paper: its beginning, on one sheet with the rest, and how much of it is not printed. */
export function PrintedPayload({ rows }: { rows: readonly PayloadRow[] }) {
  const paper = fitOnPaper(rows);
  return (
    <figure className="mt-1.5 hidden break-inside-avoid print:block">
      <figcaption className="text-[8pt] leading-[10pt] text-muted">Payload</figcaption>
      <p className="font-mono text-[6.5pt] leading-[8.5pt] wrap-anywhere">
        {paper.rows.map(({ path, text }, index) => (
          <span key={path}>
            {index === 0 ? "" : " · "}
            <VisibleText text={path} />{" "}
            <strong>
              <VisibleText text={text} />
            </strong>
          </span>
        ))}
      </p>
      {paper.hiddenCharacters === 0 ? null : (
        <p className="text-[8pt] leading-[10pt] text-muted">{notPrinted(paper.hiddenFields, paper.hiddenCharacters)}</p>
      )}
    </figure>
  );
}

function notPrinted(fields: number, characters: number): string {
  const parts = [
    ...(fields === 0 ? [] : [`${COUNT.format(fields)} ${fields === 1 ? "field" : "fields"}`]),
    `${COUNT.format(characters)} ${characters === 1 ? "character" : "characters"}`,
  ];
  return `Not printed: ${parts.join(", ")}. They stand on the page.`;
}
