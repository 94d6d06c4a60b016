import { answerAuthRequest } from "@/lib/http/answer-auth-request";

export const dynamic = "force-dynamic";
export { answerAuthRequest as GET, answerAuthRequest as POST };
