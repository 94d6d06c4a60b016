/** The kind of key that tests from the console are proposed with. No secret exists for it, so it opens nothing. */
export const TEST_KEY_KIND = "test";
export const TEST_KEY_NAME = "Console test";
