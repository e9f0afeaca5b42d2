"""Papers as PDF: script-aware text and one module per paper."""
