// Package interop is the desk of what comes in and goes out: registers and lists of other programs in,
// lists and files out, every row through the verbs of the desk that owns it.
//
// Owns: the batches of imports and their rows.
// Calls: casework, residence, person, centre.
// Law: no paper is a condition of help, so a doubtful value is kept as typed and marked; what would make a
// false fact (no UPT, no day of entry, a kind of PPKS that Permensos 8/2012 does not know) is handed back.
package interop
