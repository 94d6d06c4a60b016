"use server";

import { operatorServerAction } from "@/lib/auth/server-action";
import { nothingSchema } from "@/lib/users/schema";
import { sendTestMail } from "./send-test-mail";

export const mailATest = operatorServerAction(nothingSchema, sendTestMail);
