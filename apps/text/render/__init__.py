"""Text for output: Markdown, line breaks, charts, characters of XML."""
