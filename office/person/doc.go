// Package person is the registry: who a person is, with what certainty. A client may have no NIK, no
// name, an estimated birth; none of that ever blocks help.
//
// Owns the tables persons, person_names, identifiers, consents, person_changes, person_centre,
// name_token, name_variant and person_token. Calls centre.
// Law: UU 27/2022 Pasal 22-26 (consent), Permensos 16/2019 Pasal 1 (ages).
package person
