"""Numbers with doubt: durations drawn by common causes, the timetable that follows, windows of the weather."""
