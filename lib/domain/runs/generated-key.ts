/** Begins the idempotency keys that the SDK generates when an app gives none: they identify one call, and no business. */
export const GENERATED_KEY_PREFIX = "auto:";
