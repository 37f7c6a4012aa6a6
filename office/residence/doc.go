// Package residence is the desk of places: wards, rooms, beds, and who stays in them.
//
// Owns the tables wards, rooms, beds and stays. Calls centre and person. A stay keeps its case's id as a
// plain reference. That no bed and no person is stayed twice is guarded by the database itself.
// Law: Permensos 16/2019 Pasal 22-25 (dormitory).
package residence
