"use client";

export { FailurePage as default } from "@/components/site/failure-page";
