//! Bodies and limits of both doors.
