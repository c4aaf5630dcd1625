"""The desk's first page: throughput, quality, health of the pipeline."""
