/** Why a shadow policy ended: somebody stopped it, another draft took its place, or it became the policy. */
export const SHADOW_END_REASONS = ["stopped", "replaced", "in_force"] as const;
export type ShadowEndReason = (typeof SHADOW_END_REASONS)[number];
