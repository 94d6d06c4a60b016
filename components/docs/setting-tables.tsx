import type { SettingGroup } from "@/lib/docs/setting-texts";
import { DocTable } from "./doc-table";

/** Every setting in its group, in the words of .env.example. */
export function SettingTables({ groups }: { groups: readonly SettingGroup[] }) {
  return groups.map(({ title, settings }) => (
    <div className="grid gap-2.5" key={title}>
      <p className="text-md font-semibold">{title}</p>
      <DocTable label={title}>
        <thead>
          <tr>
            <th>Setting</th>
            <th>Default</th>
            <th>Meaning</th>
          </tr>
        </thead>
        <tbody>
          {settings.map(({ name, value, text }) => (
            <tr id={name} key={name}>
              <td>
                <code>{name}</code>
              </td>
              <td>{value === "" ? <span className="text-muted">none</span> : <code>{value}</code>}</td>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </DocTable>
    </div>
  ));
}
