import { VisibleText } from "@/components/action-runs/visible-text";
import type { ShownChange } from "@/lib/words/shown-changes";

const HEAD = "bg-inset px-4 py-2 text-left text-xs font-medium text-muted max-sm:px-3";
const CELL = "border-t border-line px-4 py-2 align-top whitespace-pre-line wrap-anywhere max-sm:px-3";

/** What a change would set, beside what is set now. */
export function ChangesTable({ changes }: { changes: readonly ShownChange[] }) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 border-t border-line">
      <thead>
        <tr>
          <th className={`${HEAD} w-40 max-sm:w-24`} scope="col">
            Setting
          </th>
          <th className={HEAD} scope="col">
            Now
          </th>
          <th className={HEAD} scope="col">
            Proposed
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ label, before, after }) => (
          <tr key={label}>
            <th className={`${CELL} text-left text-xs font-normal text-muted`} scope="row">
              {label}
            </th>
            <td className={CELL}>
              <VisibleText text={before} />
            </td>
            <td className={`${CELL} bg-wait-soft font-medium`}>
              <VisibleText text={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
