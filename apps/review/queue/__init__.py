"""The review queue: translations that need a person, riskiest first, with filters and counts."""
