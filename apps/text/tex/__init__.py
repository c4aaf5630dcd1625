"""TeX becomes HTML with MathML."""
