"use client";

import { useState } from "react";
import type { OfferedField } from "@/lib/domain/policy/change-fields";
import { ChangeInputs } from "./change-inputs";

/** The changeable fields of a form that works without a script too. */
export function ChangeFormFields({ fields, current }: { fields: readonly OfferedField[]; current: Readonly<Record<string, string>> }) {
  const [values, setValues] = useState(current);
  return (
    <ChangeInputs fields={fields} values={values} onChange={(field, value) => setValues((before) => ({ ...before, [field]: value }))} />
  );
}
