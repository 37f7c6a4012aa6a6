// Package upkeep is the administrator's room: how the house is, which copies of the data were made and which of
// them were restored and checked, and the certificate by which anybody can tell later that the record of deeds
// was not rewritten.
//
// Owns the table backups. Calls nobody.
// Law: none that names these; how often a copy is tried is the office's own rule (docs/operate.md).
package upkeep
