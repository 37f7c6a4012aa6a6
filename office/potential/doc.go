// Package potential is the desk of what the community can give: the register of PSKS (sources of social welfare, Permensos
// 8/2012), what they offer, what institutions ask for, which offer fits which request and why, what was promised and what
// became of it, letters of people without an account, and what residents themselves can do or make.
//
// Owns the tables potentials, potential_words, potential_offers, offer_places, help_requests, help_promises, promise_steps,
// promise_photos, help_letters and resident_works, and the views open_requests and works_list, which alone are read by the
// public. Calls participation to tell people from robots, needs and casework for what a request arises from, person for
// consents, monitoring for the map, centre and interop. Law: law/psks; distances, days and kinds of clearance are the office's
// own choices, to be verified (law/potential).
package potential
