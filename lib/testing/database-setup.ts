import { createTestDatabase } from "./database";
import { testSettings } from "./test-settings";

// Each test file works on a database of its own. The settings stand before the file's own imports are evaluated.
const { url } = await createTestDatabase();
Object.assign(process.env, testSettings(url));
