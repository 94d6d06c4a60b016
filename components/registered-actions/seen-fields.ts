import { createContext } from "react";
import type { SeenField } from "@/lib/domain/policy/rules/seen-fields";

/** The payload fields of the action's newest runs. */
export const SeenFields = createContext<readonly SeenField[]>([]);
