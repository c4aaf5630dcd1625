"""Accounts of editors and programs: logins, sessions and API tokens."""
