"use client";

import { useState } from "react";
import type { NewKeys } from "./new-keys";
import { NewWorkspaceForm } from "./new-workspace-form";
import { StoreKeys } from "./store-keys";

/** First what it is called, then its keys: they are in this page's memory alone, and gone with it. */
export function NewWorkspace({ baseUrl }: { baseUrl: string }) {
  const [made, setMade] = useState<NewKeys | null>(null);
  return made === null ? <NewWorkspaceForm onMade={setMade} /> : <StoreKeys keys={made} baseUrl={baseUrl} />;
}
