// Package outcome is the desk of what became of those who left care: how many are known to be independent, known not to
// be, and unknown; how long it lasts; and the same by institution, without a ranking.
//
// Owns no table. Reads the tallies "outcome", "case.rise" and "case.decile" of casework, by the day of leaving.
// Law: Permensos 16/2019 Pasal 7 ayat (1) huruf g (aftercare). That the unreached stay in every denominator, the months
// and the threshold of an estimate are ours (law/defaults, assumed).
package outcome
