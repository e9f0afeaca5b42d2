"""The encrypted case store: journal tables, projection, search, audit, blobs. The only home of SQL."""
