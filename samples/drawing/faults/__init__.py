"""Broken samples: one fault a file, and what copra should say of each."""
