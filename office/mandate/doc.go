// Package mandate is the desk of what an institution is for and what it has: the founding decision, functions and
// target group then, now and as wanted, its history, its accreditations, and the register of its facilities.
//
// Owns the tables mandates, mandate_functions, centre_events, accreditations, facilities, facility_works and facility_beds. Calls casework,
// residence and centre for what is so today. Law: Permensos 16/2019 Pasal 43 ayat (1) (staff) and 52 (what was found serves
// plan and budget).
package mandate
