"""A case: header, stage rail and tabs, with the pages Overview, People, Interview, Enrolment and History."""
