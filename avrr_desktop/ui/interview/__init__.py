"""The interview: one topic a page, two languages side by side, every answer kept as it is given."""
