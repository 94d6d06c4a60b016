import { LIMIT_ROWS, number, SIZE_ROWS } from "@/lib/docs/limit-texts";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { DocTable } from "./doc-table";

export function LimitsTable() {
  return (
    <DocTable label="Limits of the free plan">
      <thead>
        <tr>
          <th>Resource</th>
          <th>Counted per</th>
          <th className="is-number">Limit</th>
          <th>At the limit</th>
        </tr>
      </thead>
      <tbody>
        {LIMIT_ROWS.map((row) => (
          <tr id={row.name} key={row.name}>
            <td>{row.what}</td>
            <td>{row.per}</td>
            <td className="is-number">{number(row.value)}</td>
            <td>{row.over}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}

export function LinkGuesses() {
  return number(THROTTLES.link_guess.client);
}

export function SizesTable() {
  return (
    <DocTable label="Sizes">
      <thead>
        <tr>
          <th>Field</th>
          <th>Maximum</th>
        </tr>
      </thead>
      <tbody>
        {SIZE_ROWS.map(({ field, size }) => (
          <tr key={field}>
            <td>
              <code>{field}</code>
            </td>
            <td>{size}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}
