"""Text for output: Markdown, line breaks, bar charts, valid XML."""
