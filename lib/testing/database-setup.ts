import { createTestDatabase } from "./database";
import { resetProcess } from "./reset-process";

// Each test file works on a database of its own. The settings stand before the file's own imports are evaluated.
const { url } = await createTestDatabase();
await resetProcess(url);
