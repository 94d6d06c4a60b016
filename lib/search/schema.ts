import { z } from "zod";

const MOST_SEARCHED_CHARACTERS = 100;

export const searchSchema = z.strictObject({ text: z.string().trim().min(2).max(MOST_SEARCHED_CHARACTERS) });
