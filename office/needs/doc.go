// Package needs is the desk of what institutions lack: problems from whatever source is on record, the needs that follow
// from them with their price and priority, purchases that join identical needs, and the map of all of it.
//
// Owns the tables problems, institution_needs, need_events, need_cells, need_sums and purchases. Calls standards (gaps),
// coordination (what could not be met), mandate (what drifted, what is worn), monitoring (the map) and centre.
// Law: Permensos 16/2019 Pasal 46 huruf c (budget of the standard), 49 ayat (2) (funding), 52 (what evaluation is for);
// PP 2/2018 Pasal 13-14 (need is what is required minus what is there, and enters planning and budget).
package needs
