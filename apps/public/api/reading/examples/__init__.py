"""Examples of the schema: invented papers, in the shape of real ones."""
