import type { ApiExample } from "./api-example";

/** What witnesses of the receipt log read. */
export const LOG_EXAMPLES: Readonly<Record<string, ApiExample>> = {
  getLogCheckpoint: {
    answer: {
      checkpoint:
        "console.example.com/receipts/019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b\n1025\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— daai-console/4f1c2d3e5a6b7c8d mjtcfQ…\n",
      size: 1025,
      consistency_proof: ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"],
    },
  },
  getLogKeys: {
    answer: {
      keys: [
        {
          verifier_key: "daai-console/4f1c2d3e5a6b7c8d+9a3b5c7d+AVh0Y3lXbUx4dVd2b3dRY2ZsZ0dCd3h0aEpkR0F4c1E=",
          name: "daai-console/4f1c2d3e5a6b7c8d",
          key_hash: "9a3b5c7d",
          signs: true,
        },
      ],
    },
  },
};
