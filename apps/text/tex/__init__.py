"""TeX to HTML with MathML, and to plain text."""
