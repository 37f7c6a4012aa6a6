// Package schema holds the numbered changes of the database, one text for both engines. The owner of
// the tables is in the file's name; a name that ends in .sqlite.sql or .postgres.sql is the half of a
// change that only one engine needs (guards by trigger or by exclusion constraint).
package schema

import "embed"

// Files are the changes, applied in the order of their numbers.
//
//go:embed *.sql
var Files embed.FS
