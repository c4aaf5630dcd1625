"""A paper's page, its versions, metadata, downloads and card."""
