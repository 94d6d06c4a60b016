"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { confirmProposal } from "./confirm-proposal";
import { declineProposal, withdrawProposal } from "./end-proposal";
import { declinedProposalSchema, policyRuleSchema, proposalSchema } from "./schema";
import { setPolicyRule } from "./set-policy-rule";

export const savePolicyRule = memberServerAction(policyRuleSchema, (ctx, input) => setPolicyRule(ctx, input));

export const confirmPolicyChange = memberServerAction(proposalSchema, (ctx, input) => confirmProposal(ctx, input));

export const declinePolicyChange = memberServerAction(declinedProposalSchema, (ctx, input) => declineProposal(ctx, input));

export const withdrawPolicyChange = memberServerAction(proposalSchema, (ctx, input) => withdrawProposal(ctx, input));
