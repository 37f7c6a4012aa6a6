// Package store is the only way to the data. There are two doors, Read and Write, and both need an
// act: a name and the right it asks for. It knows no table of a desk; what it must know of them, the
// scope map says (office/access/scope.go), and every statement is checked against it at start.
//
// Owns the tables audit, audit_heads, refusals, deltas, tallies, outbox, leases, idempotency,
// disclosures and disclosure_persons.
package store
