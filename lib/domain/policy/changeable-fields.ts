export const CHANGEABLE_KINDS = ["not_above", "one_of", "text"] as const;
export type ChangeableKind = (typeof CHANGEABLE_KINDS)[number];

/**
 * A field of the payload that an approver may change, and how far: a number to one not above what was proposed, a text to one of a list, or
 * to any text of so many characters.
 */
export type ChangeableField =
  | { readonly field: string; readonly kind: "not_above" }
  | { readonly field: string; readonly kind: "one_of"; readonly values: string[] }
  | { readonly field: string; readonly kind: "text"; readonly maxLength: number };

export const MAX_CHANGEABLE_FIELDS = 20;
export const MAX_CHANGEABLE_VALUES = 50;
export const CHANGED_TEXT_MAX_LENGTH = 2000;

/** "amount (not above what was proposed); currency (EUR or USD)". For histories, audit and the command line. */
export function changeableFieldText(one: ChangeableField): string {
  switch (one.kind) {
    case "not_above":
      return `${one.field}: a number not above the proposed one`;
    case "one_of":
      return `${one.field}: one of ${one.values.join(", ")}`;
    case "text":
      return `${one.field}: text of up to ${one.maxLength} characters`;
  }
}
