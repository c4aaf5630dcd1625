"""The glossary: search in sentences, editing, history, import and export."""
