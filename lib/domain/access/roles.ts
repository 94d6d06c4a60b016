/** What a member of a workspace is, from most to least. */
export const ROLES = ["owner", "admin", "developer", "approver", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Owners are made of members, not invited: a mail that went astray must not hand over a workspace. */
export const INVITED_ROLES = ["admin", "developer", "approver", "viewer"] as const satisfies readonly Role[];
