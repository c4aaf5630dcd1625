"""An editor's session on one translation: edit, approve, undo, restore."""
