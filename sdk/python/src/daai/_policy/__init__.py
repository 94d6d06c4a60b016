"""Policies in files: `python -m daai policy pull | test | plan | apply`."""
