"""Runs that wait for approval, and what executes them."""
