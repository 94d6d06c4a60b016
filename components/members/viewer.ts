import type { Role } from "@/lib/domain/access/roles";

/** Who looks at the members, and what they are. */
export interface Viewer {
  userId: string;
  role: Role;
}
