/**
 * How often something may be tried that strangers can try, within windows of so many minutes: by one client for one mail
 * address (`each`), by one client at all (`client`), and for one mail address by whoever (`address`), where mail is sent.
 * They protect accounts and mailboxes, so no plan switches them off.
 */
export const THROTTLES = {
  sign_in: { windowMinutes: 15, each: 10, client: 60, address: null },
  sign_in_link: { windowMinutes: 15, each: 5, client: 20, address: 10 },
  password_reset: { windowMinutes: 15, each: 5, client: 20, address: 10 },
  sign_up: { windowMinutes: 15, each: 5, client: 20, address: 10 },
  /** The current password, asked for once more inside a session: `address` is the account's. */
  password_change: { windowMinutes: 15, each: 10, client: null, address: null },
  /** Emails of one workspace's invitations: `address` is the invited one, `client` the workspace. */
  invitation: { windowMinutes: 60, each: 5, client: 60, address: 10 },
  /** Unknown decision or share links, which have no email address. */
  link_guess: { windowMinutes: 1, each: null, client: 20, address: null },
} as const satisfies Record<string, Throttle>;

export type ThrottleName = keyof typeof THROTTLES;

export interface Throttle {
  readonly windowMinutes: number;
  /** null: not limited. */
  readonly each: number | null;
  readonly client: number | null;
  readonly address: number | null;
}
