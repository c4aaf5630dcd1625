"""What edits share: provenance, checking again, notes."""
