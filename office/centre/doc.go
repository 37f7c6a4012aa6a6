// Package centre is the desk of the about 30 UPTs: whom they serve, how many places they have, and who
// works there.
//
// Owns the tables centres, centre_kinds, staff, certificates, settings, centre_profiles and centre_photos. Calls nobody.
// Law: Permensos 16/2019 Pasal 18(5), 19, 42, 43.
package centre
