"use client";

import { Printer } from "lucide-react";
import { Button } from "@/components/ui/button";

export function PrintButton() {
  return (
    <Button className="noscript:hidden" icon={<Printer />} onClick={() => window.print()}>
      Print
    </Button>
  );
}
