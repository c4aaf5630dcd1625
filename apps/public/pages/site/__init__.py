"""Pages about the site: about, status, licences, errors, sitemaps."""
