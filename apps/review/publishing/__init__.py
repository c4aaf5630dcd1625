"""Publishing by the site's policy, and acts on many translations at once."""
