import { answerAuthRequest } from "@/lib/auth/answer-auth-request";

export const dynamic = "force-dynamic";
export { answerAuthRequest as GET, answerAuthRequest as POST };
