import { FileQuestionMark } from "lucide-react";
import type { Metadata } from "next";
import { NarrowFrame } from "@/components/site/narrow-frame";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { Outcome } from "@/components/ui/outcome";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFoundPage() {
  return (
    <NarrowFrame>
      <Outcome tone="no" icon={FileQuestionMark} title="Page not found">
        The address may be incomplete, or the page may have moved.
      </Outcome>
      <ButtonAnchor href="/" size="touch">
        Go to the start page
      </ButtonAnchor>
    </NarrowFrame>
  );
}
