"""The roster as files tell it: tables (CSV) and calendars (iCalendar), both ways. Reading changes nothing."""
