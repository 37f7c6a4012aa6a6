// Package spm is the desk of the SPM (standar pelayanan minimal): for each of the four groups served inside a panti how
// many need each item, for how many it is there, how many got it, and X over Y; the four steps, what the districts
// collected, what is there at each UPT, and the governor's report.
//
// Owns the tables spm_districts, spm_supplies, spm_years, spm_reports and spm_sendings. What is needed and given is kept by
// casework. Law: PP 2/2018 Pasal 10-17; Permensos 9/2018 annex I; Permensos 16/2019 Pasal 46 h and 53 (report).
package spm
