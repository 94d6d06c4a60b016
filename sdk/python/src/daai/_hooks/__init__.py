"""Hooks of coding agents: what is sent to the console, and the settings that make agents call it."""
