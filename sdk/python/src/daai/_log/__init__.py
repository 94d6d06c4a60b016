"""The log of receipts: proofs, checkpoints, and what a client remembers of them."""
