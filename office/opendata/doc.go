// Package opendata is the desk of open figures: a fixed set of tables of counts, the protection of small numbers in them
// against subtraction, the ledger of what was released, and the public pages, files and catalogues that serve the last
// release of each table and never a live count.
//
// Owns the tables open_releases, open_tables, open_truths and open_settings. Calls monitoring for figures and their words,
// participation for questions about a number, centre for names, interop for CSV.
// Law: Permensos 16/2019 Pasal 3 huruf c (every report names its rules). The threshold is the office's own choice (039).
package opendata
