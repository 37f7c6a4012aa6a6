// Package access decides who may do what, and to whose records: users, roles, scopes, sign-in and
// tokens. It makes the Asker that everything else passes on; scope.go is the one scope map.
//
// Owns the tables users, user_centres, user_covers, reset_codes, recovery_codes, tokens, sessions and
// sign_in_failures, and the views ledger and ledger_persons of who saw whom. Calls centre.
package access
