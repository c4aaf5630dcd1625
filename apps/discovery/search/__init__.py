"""Search in both languages: a query is planned, retrieved, ranked, paged."""
