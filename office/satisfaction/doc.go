// Package satisfaction is the desk of the survey of satisfaction: rounds of an institution, the paper forms entered in
// them, and the index (IKM) with its grade.
//
// Owns the tables survey_rounds, survey_answers, survey_marks and survey_sums. Calls interop for files and centre for
// names. Law: PermenPANRB
// 14/2017, annex (nine elements of 1 to 4, bands); the names of the elements are assumed (law/satisfaction).
package satisfaction
