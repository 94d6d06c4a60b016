import { answerAuthRequest } from "@/lib/sign-in/answer-auth-request";

export const dynamic = "force-dynamic";
export { answerAuthRequest as GET, answerAuthRequest as POST };
