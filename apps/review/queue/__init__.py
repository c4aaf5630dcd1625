"""The queue: what needs a person, riskiest first, with filters and counts."""
