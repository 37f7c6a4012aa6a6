// Package forms is the desk of questionnaires: versioned instruments, how their answers are checked and what
// they come to. One renderer draws them all from data; no form is coded by hand. Of restricted instruments
// a score is kept, never an item (licences of their owners).
//
// Owns no table: answers belong to the record that asked for them. Calls nobody.
// Law: the instruments lie as dated versions in law/instruments; Permensos 16/2019 Pasal 7 names the
// assessment as a stage, not its content.
package forms
