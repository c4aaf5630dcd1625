"""The form by which readers correct a sentence."""
