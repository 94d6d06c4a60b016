// What the owner of the database writes into the tables of a receipt log, past the console. Numbers are places in the log.
const hashed = "sha256('\\x00'::bytea || convert_to(body, 'UTF8'))";
export const idAt = (place: number | string) => `(SELECT receipt_id FROM receipt_places WHERE log_index = ${place})`;
export const edited = (at: number) => [
  `UPDATE receipts SET body = replace(body, 'allowed', 'blocked') WHERE id = ${idAt(at)}`,
  `UPDATE receipts SET leaf_hash = ${hashed} WHERE id = ${idAt(at)}`,
];
export const deleted = (at: number) => [
  `DELETE FROM receipts WHERE id = ${idAt(at)}`,
  `DELETE FROM receipt_places WHERE log_index = ${at}`,
];
export const placed = (from: number, to: number) => `UPDATE receipt_places SET log_index = ${to} WHERE log_index = ${from}`;
export const swappedTexts = (at: number, to: number) => `
  UPDATE receipts r SET body = other.body, leaf_hash = other.leaf_hash FROM receipts other WHERE (r.id, other.id) IN ((${idAt(at)}, ${idAt(to)}), (${idAt(to)}, ${idAt(at)}))`;
export const idOf = (number: number) => `'00000000-0000-7000-8000-${String(number).padStart(12, "0")}'::uuid`;
export const written = (number: number) => `
  INSERT INTO receipts (id, workspace_id, kind, body, leaf_hash, created_at)
  SELECT id, workspace_id, 'decision', body, ${hashed}, now() FROM (
    SELECT ${idOf(number)} AS id, r.workspace_id, replace(r.body, r.id::text, ${idOf(number)}::text) AS body FROM receipts r WHERE id = ${idAt("(SELECT max(log_index) FROM receipt_places)")}) forged`;
export const inserted = (index: number, number: number, workspaceId: string) => [
  written(number),
  `INSERT INTO receipt_places (receipt_id, workspace_id, log_index) VALUES (${idOf(number)}, '${workspaceId}', ${index})`,
];
export const moved = (from: number, by: number) => [
  `UPDATE receipt_places SET log_index = -log_index - 1 WHERE log_index >= ${from}`,
  `UPDATE receipt_places SET log_index = -log_index - 1 + ${by} WHERE log_index < 0`,
];
export const flipped = (bytes: string, at: number) =>
  `set_byte(${bytes}, ${at} % octet_length(${bytes}), get_byte(${bytes}, ${at} % octet_length(${bytes})) # 1)`;
