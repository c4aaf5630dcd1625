"""Accounts of editors and programs: logins, sessions, tokens, limits."""
