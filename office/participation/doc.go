// Package participation is the desk at which people without an account report a person or a problem, follow what became of
// it, and at which staff judge a report, hand it on, answer it and begin a case with it.
//
// Owns the tables reports, report_steps, report_photos, report_drafts, report_keys and report_tries; the last
// two are kept by house/gate. Calls casework to open
// a case, person to enter somebody without a name, centre and coordination for names, interop for files. Law: none; categories, promised days
// and numbers to call are the office's own choices, to be verified (law/participation).
package participation
