import { z } from "zod";

const MAX_SEARCHED_CHARACTERS = 100;

export const searchSchema = z.strictObject({ text: z.string().trim().min(2).max(MAX_SEARCHED_CHARACTERS) });
