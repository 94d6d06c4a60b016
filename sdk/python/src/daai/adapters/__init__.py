"""Agent frameworks' own pauses, decided by the console: one module for each framework."""

from ._pauses import Pauses

__all__ = ["Pauses"]
