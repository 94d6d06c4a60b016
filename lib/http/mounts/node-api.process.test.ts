import { describeApi } from "@/lib/testing/api-suite/describe-api";

describeApi("node");
