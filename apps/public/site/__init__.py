"""What all public pages share: addresses, labels, notices, languages."""
