import { readFileSync } from "node:fs";

export interface SettingText {
  readonly name: string;
  readonly value: string;
  readonly text: string;
}

export interface SettingGroup {
  readonly title: string;
  readonly settings: readonly SettingText[];
}

const HEAD = /^# ── (.+?) ─+$/;
const SETTING = /^([A-Z][A-Z_]+)=(.*)$/;

/** Each setting's description in `.env.example`; a test ensures that both list the same settings. */
function parseSettingTexts(example: string): SettingGroup[] {
  const groups: { title: string; settings: SettingText[] }[] = [];
  let comment: string[] = [];
  let last = "";
  for (const line of example.split("\n")) {
    const title = HEAD.exec(line)?.[1];
    const [, name, value] = SETTING.exec(line) ?? [];
    if (title !== undefined) groups.push({ title, settings: [] });
    else if (name !== undefined && value !== undefined) {
      // Settings that follow each other without a word share the words before them.
      last = comment.length > 0 ? comment.join(" ") : last;
      groups.at(-1)?.settings.push({ name, value: value.replaceAll('"', ""), text: last });
    } else if (line.startsWith("# ")) comment.push(line.slice(2));
    if (!line.startsWith("# ") || title !== undefined) {
      comment = [];
      if (title !== undefined) last = "";
    }
  }
  return groups;
}

let groups: SettingGroup[] | undefined;

/** The console runs in its release's folder, which contains the file. */
export function settingTexts(): SettingGroup[] {
  return (groups ??= parseSettingTexts(readFileSync(".env.example", "utf8")));
}
