"""Lists of related papers, and the choices of editors."""
