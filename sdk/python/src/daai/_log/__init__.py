"""The receipt log: proofs, checkpoints, and what a client stores of them."""
