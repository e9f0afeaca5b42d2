"""Settings: office, officers, programme, wording, look, one's own passphrase."""
