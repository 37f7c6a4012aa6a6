package access

import "tuntas/house/store"

// The ways in which a row belongs to somebody. An exists here is asked row by row: its "limit 1 offset 0" keeps
// PostgreSQL from turning it into a join of whole tables, which it takes for cheap and which it is not when a page
// wants the first fifty rows.
var (
	// of a centre: the row carries the centre itself.
	ofCentre = store.Scoped(`{t}.centre_id in ({centres})`, ``)
	// of a centre where its person is present: kept by casework.Open, looked at by verify.
	ofPresent = ofCentre.Present()

	// of a person: visible where the person is present; restricted persons only with the right, or for
	// the worker of one of their cases.
	person = store.Scoped(
		`exists (select 1 from person_centre see_at where see_at.person_id = {t}.id and see_at.centre_id in ({centres}) limit 1 offset 0)`,
		`not {t}.restricted or exists (select 1 from cases see_case where see_case.person_id = {t}.id and see_case.worker_id = {user} limit 1 offset 0)`).Where("id")
	ofPerson = store.Scoped(
		`exists (select 1 from person_centre see_at where see_at.person_id = {t}.person_id and see_at.centre_id in ({centres}) limit 1 offset 0)`,
		`not exists (select 1 from persons see_who where see_who.id = {t}.person_id and see_who.restricted limit 1 offset 0) or
			exists (select 1 from cases see_case where see_case.person_id = {t}.person_id and see_case.worker_id = {user} limit 1 offset 0)`).Where("person_id")
	atCentre = store.Scoped(`{t}.centre_id in ({centres})`,
		`not exists (select 1 from persons see_who where see_who.id = {t}.person_id and see_who.restricted limit 1 offset 0) or
			exists (select 1 from cases see_case where see_case.person_id = {t}.person_id and see_case.worker_id = {user} limit 1 offset 0)`).Present()

	// of a draft: its owner's alone, which the statements of the desk ask for, or at a centre as a person is.
	draft = store.Scoped(`({t}.owner_id <> 0 or {t}.centre_id in ({centres}))`,
		`not exists (select 1 from persons see_who where see_who.id = {t}.person_id and see_who.restricted limit 1 offset 0) or
			exists (select 1 from cases see_case where see_case.person_id = {t}.person_id and see_case.worker_id = {user} limit 1 offset 0)`)

	// of the ledger: a disclosure belongs to a centre when one of its persons is present there.
	ledger = store.Scoped(`exists (select 1 from disclosure_persons see_seen join person_centre see_at on see_at.person_id = see_seen.person_id
		where see_seen.disclosure_id = {t}.id and see_at.centre_id in ({centres}) limit 1 offset 0)`, ``)

	// of a transfer: both centres, that which lets go and that which receives.
	transferring = store.Scoped(`({t}.centre_id in ({centres}) or {t}.to_centre in ({centres}))`,
		`not exists (select 1 from persons see_who where see_who.id = {t}.person_id and see_who.restricted limit 1 offset 0) or
			exists (select 1 from cases see_case where see_case.person_id = {t}.person_id and see_case.worker_id = {user} limit 1 offset 0)`)

	// the centres themselves are a public list; whoever changes or hangs something under one must own it.
	itself = store.Scoped(`{t}.id in ({centres})`, ``)
)

// Scope is THE scope map: how each table is guarded. A table that is not here cannot be read at all.
var Scope = map[string]store.Rule{
	"centres":      itself,
	"centre_kinds": store.OpenTable(), // by decision: whom a centre serves is public
	"centre_list":  store.OpenTable(), // by decision: the view of the public list of centres
	"settings":     store.OpenTable(),
	"staff":        ofCentre,
	"certificates": ofCentre,

	"persons":        person,
	"person_names":   ofPerson,
	"identifiers":    ofPerson,
	"consents":       ofPerson,
	"person_changes": ofPerson,
	"person_centre":  atCentre,
	"person_token":   atCentre,
	"name_token":     store.OpenTable(), // by decision: a dictionary of spellings names nobody
	"name_variant":   store.OpenTable(),

	"wards": ofCentre,
	"rooms": ofCentre,
	"beds":  ofCentre,
	"stays": ofCentre,

	"cases":             ofPresent,
	"case_events":       ofCentre,
	"case_stages":       ofCentre,
	"criteria":          ofCentre,
	"assessments":       ofCentre,
	"assessment_levels": ofCentre,
	"needs":             ofCentre,
	"plans":             ofCentre,
	"goals":             ofCentre,
	"plan_services":     ofCentre,
	"services":          ofCentre,
	"checklist":         ofCentre,
	"terminations":      ofCentre,
	"contacts":          ofCentre,
	"contact_attempts":  ofCentre,

	"leaves":           ofCentre,
	"leave_contacts":   ofCentre,
	"transfers":        transferring,
	"transfer_members": transferring,
	"reviews":          ofCentre,
	"deaths":           ofCentre,

	"ledger":               ledger,
	"ledger_persons":       ofPerson,
	"ledger_moments":       store.SystemTable(),
	"case_notes":           ofCentre,
	"conferences":          ofCentre,
	"conference_people":    ofCentre,
	"conference_followups": ofCentre,
	"attachments":          ofCentre,
	"attachment_parts":     ofCentre,

	"backups":         store.SystemTable(),
	"letter_offices":  ofCentre,
	"letter_numbers":  ofCentre,
	"letter_drafts":   ofCentre,
	"letters":         ofCentre,
	"letter_register": store.SystemTable(), // number, day, state and office of a letter, for who holds its code
	"drafts":          draft,

	"users":            store.SystemTable(),
	"user_centres":     store.SystemTable(),
	"user_covers":      store.SystemTable(),
	"reset_codes":      store.SystemTable(),
	"recovery_codes":   store.SystemTable(),
	"tokens":           store.SystemTable(),
	"sessions":         store.SystemTable(),
	"sign_in_failures": store.SystemTable(),
}
