// Package monitoring is the desk of figures: indicators, the province at a glance, and the people behind
// each number. It reads tallies and the lists that desks declare as measures; it imports no desk that works.
//
// Owns no table. Calls centre.
// Law: Permensos 16/2019 Pasal 3 huruf c (every report names its rule version), 46, 50-52.
package monitoring
