package access

import "tuntas/house/store"

// samePerson are the rows that carry the person themselves.
const samePerson = `{t}.person_id = {person}`

// The ways in which a row belongs to somebody. An exists here is asked row by row: its "limit 1 offset 0" keeps
// PostgreSQL from turning it into a join of whole tables, which it takes for cheap and which it is not when a page
// wants the first fifty rows.
var (
	// of a centre: the row carries the centre itself.
	ofCentre = store.Scoped(`{t}.centre_id in ({centres})`, ``)
	// of a centre where its person is present: kept by casework.Open, looked at by verify.
	ofPresent = ofCentre.Present().Opens(samePerson)
	// of a centre, and of a person or of a case or of what belongs to it: an opening in an emergency shows it.
	ofCentreAndPerson = ofCentre.Opens(samePerson)
	ofCase            = ofCentre.Opens(`{t}.case_id in (select see_case.id from cases see_case where see_case.person_id = {person})`)
	ofAssessment      = ofCentre.Opens(`{t}.assessment_id in (select see_form.id from assessments see_form where see_form.person_id = {person})`)
	ofContact         = ofCentre.Opens(`{t}.contact_id in (select see_visit.id from contacts see_visit where see_visit.person_id = {person})`)
	// of a centre: a bed, a room and a ward show with the stay in it, a member of staff with the case.
	ofBed  = ofCentre.Opens(`{t}.id in (select see_stay.bed_id from stays see_stay where see_stay.person_id = {person})`)
	ofRoom = ofCentre.Opens(`{t}.id in (select see_bed.room_id from beds see_bed join stays see_stay on see_stay.bed_id = see_bed.id where see_stay.person_id = {person})`)
	ofWard = ofCentre.Opens(`{t}.id in (select see_room.ward_id from rooms see_room join beds see_bed on see_bed.room_id = see_room.id
		join stays see_stay on see_stay.bed_id = see_bed.id where see_stay.person_id = {person})`)
	ofWorker = ofCentre.Opens(`{t}.user_id in (select see_case.worker_id from cases see_case where see_case.person_id = {person})`)

	// of a person: visible where the person is present; restricted persons only with the right, or for
	// the worker of one of their cases.
	person = store.Scoped(
		`exists (select 1 from person_centre see_at where see_at.person_id = {t}.id and see_at.centre_id in ({centres}) limit 1 offset 0)`,
		`not {t}.restricted or exists (select 1 from cases see_case where see_case.person_id = {t}.id and see_case.worker_id = {user} limit 1 offset 0)`).Where("id").Opens(`{t}.id = {person}`)
	ofPerson = store.Scoped(
		`exists (select 1 from person_centre see_at where see_at.person_id = {t}.person_id and see_at.centre_id in ({centres}) limit 1 offset 0)`,
		`not exists (select 1 from persons see_who where see_who.id = {t}.person_id and see_who.restricted limit 1 offset 0) or
			exists (select 1 from cases see_case where see_case.person_id = {t}.person_id and see_case.worker_id = {user} limit 1 offset 0)`).Where("person_id").Opens(samePerson)
	atCentre = store.Scoped(`{t}.centre_id in ({centres})`,
		`not exists (select 1 from persons see_who where see_who.id = {t}.person_id and see_who.restricted limit 1 offset 0) or
			exists (select 1 from cases see_case where see_case.person_id = {t}.person_id and see_case.worker_id = {user} limit 1 offset 0)`).Present().Opens(samePerson)

	// of what a resident offers: at its centre; a restricted person's only as the person is.
	atWork = store.Scoped(`{t}.centre_id in ({centres})`,
		`not exists (select 1 from persons see_who where see_who.id = {t}.person_id and see_who.restricted limit 1 offset 0) or
			exists (select 1 from cases see_case where see_case.person_id = {t}.person_id and see_case.worker_id = {user} limit 1 offset 0)`)

	// of a draft: its owner's alone, which the statements of the desk ask for, or at a centre as a person is.
	draft = store.Scoped(`({t}.owner_id <> 0 or {t}.centre_id in ({centres}))`,
		`not exists (select 1 from persons see_who where see_who.id = {t}.person_id and see_who.restricted limit 1 offset 0) or
			exists (select 1 from cases see_case where see_case.person_id = {t}.person_id and see_case.worker_id = {user} limit 1 offset 0)`)

	// of the ledger: a disclosure belongs to a centre when one of its persons is present there.
	ledger = store.Scoped(`exists (select 1 from disclosure_persons see_seen join person_centre see_at on see_at.person_id = see_seen.person_id
		where see_seen.disclosure_id = {t}.id and see_at.centre_id in ({centres}) limit 1 offset 0)`, ``)

	// of an opening: the centres where its person is judge it. A restricted person's too, whose name stays out.
	opening = store.Scoped(`exists (select 1 from person_centre see_at where see_at.person_id = {t}.person_id and see_at.centre_id in ({centres}) limit 1 offset 0)`, ``)
	// of a transfer: both centres, that which lets go and that which receives.
	transferring = store.Scoped(`({t}.centre_id in ({centres}) or {t}.to_centre in ({centres}))`,
		`not exists (select 1 from persons see_who where see_who.id = {t}.person_id and see_who.restricted limit 1 offset 0) or
			exists (select 1 from cases see_case where see_case.person_id = {t}.person_id and see_case.worker_id = {user} limit 1 offset 0)`).Opens(samePerson)

	// of a report of the public: where it was handed on to. One on abuse is shown to nobody of any institution, whatever
	// the role holds, and in the province to who holds the right to it.
	report   = store.Scoped(`{t}.centre_id in ({centres}) and not {t}.sealed`, ``).Sealed(`not {t}.sealed`)
	ofReport = store.Scoped(`exists (select 1 from reports see_report where see_report.id = {t}.report_id and see_report.centre_id in ({centres}) and not see_report.sealed limit 1 offset 0)`, ``).
			Sealed(`not exists (select 1 from reports see_kept where see_kept.id = {t}.report_id and see_kept.sealed limit 1 offset 0)`)

	// the centres themselves are a public list; whoever changes or hangs something under one must own it.
	itself = store.Scoped(`{t}.id in ({centres})`, ``)
)

// Scope is THE scope map: how each table is guarded. A table that is not here cannot be read at all.
var Scope = map[string]store.Rule{
	"centres":      itself,
	"centre_kinds": store.OpenTable(), // by decision: whom a centre serves is public
	"centre_list":  store.OpenTable(), // by decision: the view of the public list of centres
	"settings":     store.OpenTable(),

	"centre_profiles": store.OpenTable(), // by decision: what an institution says to visitors; it is written under a centre of one's own
	"centre_photos":   store.OpenTable(), // by decision: the photo on that profile; it shows no resident
	"staff":           ofWorker,
	"certificates":    ofCentre,

	"persons":        person,
	"person_names":   ofPerson,
	"identifiers":    ofPerson,
	"consents":       ofPerson,
	"person_changes": ofPerson,
	"person_centre":  atCentre,
	"person_token":   atCentre,
	"name_token":     store.OpenTable(), // by decision: a dictionary of spellings names nobody
	"name_variant":   store.OpenTable(),

	"wards": ofWard,
	"rooms": ofRoom,
	"beds":  ofBed,
	"stays": ofCentreAndPerson,

	"cases":             ofPresent,
	"case_events":       ofCentreAndPerson,
	"case_stages":       ofCentreAndPerson,
	"criteria":          ofCase,
	"assessments":       ofCentreAndPerson,
	"assessment_levels": ofAssessment,
	"needs":             ofCase,
	"plans":             ofCase,
	"goals":             ofCase,
	"plan_services":     ofCase,
	"services":          ofCentreAndPerson,
	"case_items":        ofCentreAndPerson,
	"checklist":         ofCase,
	"terminations":      ofCentreAndPerson,
	"contacts":          ofCentreAndPerson,
	"households":        ofCentreAndPerson,
	"contact_attempts":  ofContact,

	"mandates":          ofCentre,
	"mandate_functions": ofCentre,
	"centre_events":     ofCentre,
	"accreditations":    ofCentre,
	"facilities":        ofCentre,
	"facility_works":    ofCentre,
	"facility_beds":     ofCentre,

	"leaves":           ofCentreAndPerson,
	"leave_contacts":   ofCentreAndPerson,
	"transfers":        transferring,
	"transfer_members": transferring,
	"reviews":          ofCentreAndPerson,
	"deaths":           ofCentreAndPerson,

	"opening_list":         opening,
	"opening_views":        ledger,
	"openings":             store.SystemTable(),
	"opening_steps":        store.SystemTable(),
	"opening_tries":        store.SystemTable(),
	"notices":              store.SystemTable(),
	"ledger":               ledger,
	"ledger_persons":       ofPerson,
	"ledger_moments":       store.SystemTable(),
	"case_notes":           ofCentreAndPerson,
	"conferences":          ofCentreAndPerson,
	"conference_people":    ofCentreAndPerson,
	"conference_followups": ofCentreAndPerson,
	"attachments":          ofCentreAndPerson,
	"attachment_parts":     ofCentreAndPerson,

	"agencies":        store.OpenTable(), // by decision: which agencies there are and what they offer is no secret
	"agency_services": store.OpenTable(),
	"agency_answers":  store.OpenTable(), // by decision: how long an agency took, of nobody in particular
	"referrals":       transferring,      // the sender's and, between centres, the receiver's
	"referral_events": transferring,
	"unmet_needs":     ofCentre,
	"agency_links":    store.SystemTable(),
	"agency_codes":    store.SystemTable(),
	"agency_devices":  store.SystemTable(),
	"mails":           store.SystemTable(),

	"backups":         store.SystemTable(),
	"letter_offices":  ofCentre,
	"letter_numbers":  ofCentre,
	"letter_drafts":   ofCentre,
	"letters":         ofCentre,
	"letter_register": store.SystemTable(), // number, day, state and office of a letter, for who holds its code
	"drafts":          draft,

	"standards":               store.OpenTable(), // by decision: what is asked of an institution is public
	"campaigns":               store.OpenTable(), // the times in which it is asked; the answers are not
	"self_assessments":        ofCentre,
	"standard_answers":        ofCentre,
	"standard_evidence":       ofCentre,
	"standard_evidence_parts": ofCentre,

	"problems":          ofCentre,
	"institution_needs": ofCentre,
	"need_events":       ofCentre,
	"need_cells":        ofCentre,
	"need_sums":         ofCentre,
	"purchases":         store.OpenTable(), // by decision: what is bought together names no institution
	"actions":           store.OpenTable(), // by decision: what was agreed among agencies is seen by all who work on it
	"action_gaps":       store.OpenTable(),
	"action_steps":      store.OpenTable(),
	"action_files":      store.OpenTable(),
	"action_plans":      store.OpenTable(), // which plans there are; their needs and cost are read with the needs
	"action_choices":    store.OpenTable(),
	"action_plan_lines": ofCentre,

	"spm_districts": store.OpenTable(), // by decision: numbers of a district, collected for the whole province, of nobody in particular
	"spm_supplies":  ofCentre,
	"spm_years":     store.OpenTable(), // by decision: the year of the whole province
	"spm_reports":   store.OpenTable(),
	"spm_sendings":  store.OpenTable(),

	"meetings":         store.OpenTable(), // by decision: what agencies agree on in a meeting is read by all who work on it; no client stands in it
	"meeting_invitees": store.OpenTable(),
	"meeting_items":    store.OpenTable(),
	"meeting_addenda":  store.OpenTable(),

	"staffing_plans":   ofCentre,
	"trainings":        store.OpenTable(), // by decision: what is offered to staff is known to all of them; who takes part is not
	"training_members": ofCentre,
	"notice_settings":  store.SystemTable(),
	"notice_ladder":    store.SystemTable(),

	"own_indicators":    store.OpenTable(), // by decision: figures, their rules and targets name nobody and are seen by all who see figures
	"own_rules":         store.OpenTable(),
	"indicator_targets": store.OpenTable(),
	"closed_months":     store.OpenTable(),
	"reported_figures":  store.OpenTable(),
	"dhis2_names":       store.OpenTable(),

	"performance_trees":      store.OpenTable(), // by decision: goals, figures and targets name nobody and are seen by all who see figures
	"performance_nodes":      store.OpenTable(),
	"performance_steps":      store.OpenTable(),
	"performance_analyses":   store.OpenTable(), // by decision: what is written for the LKjIP is published in it
	"performance_agreements": store.OpenTable(), // by decision: agreements are published; they name their two parties alone
	"performance_lines":      store.OpenTable(),
	"alert_rules":            store.OpenTable(), // by decision: what a figure came to and who answers for it names nobody in need, and is seen by all who see figures
	"alert_tasks":            store.OpenTable(),
	"alert_steps":            store.OpenTable(),
	"report_orders":          store.SystemTable(), // its reader's alone
	"report_copies":          store.SystemTable(),

	"survey_rounds":  ofCentre,
	"survey_answers": ofCentre,
	"survey_marks":   ofCentre,
	"survey_sums":    ofCentre,

	"open_releases": store.OpenTable(), // by decision: what was released, for everybody; a number that is hidden does not stand in it (039)
	"open_tables":   store.OpenTable(),
	"open_truths":   store.SystemTable(), // the counts behind it, of which some are hidden
	"open_settings": store.OpenTable(),

	"reports":       report,
	"report_steps":  ofReport,
	"report_photos": ofReport,
	"open_reports":  store.OpenTable(), // by decision: the view of reports that are about no person (036)
	"report_drafts": store.SystemTable(),
	"report_keys":   store.SystemTable(),
	"report_tries":  store.SystemTable(),

	"comments":     ofCentre, // by the article's centre; what may tell of abuse lies with 0, the province alone
	"comment_keys": store.SystemTable(),
	"comment_list": store.OpenTable(), // by decision: what is shown to everybody (038)

	"potentials":       store.OpenTable(), // by decision: the register is of the whole province, for whoever holds potential.see (040)
	"potential_words":  store.OpenTable(),
	"potential_offers": store.OpenTable(),
	"offer_places":     store.OpenTable(),
	"help_requests":    ofCentre,
	"open_requests":    store.OpenTable(), // by decision: the view of what the public may help with; nothing that comes from a case
	"help_promises":    ofCentre,
	"promise_steps":    ofCentre,
	"promise_photos":   ofCentre,
	"help_letters":     ofCentre, // those to no institution are the province's
	"resident_works":   atWork,
	"works_list":       store.OpenTable(), // by decision: the view of what residents offer, without who it is; a consent that ended takes it out

	"articles":          ofCentre, // those of the province lie with 0, which is nobody's centre
	"article_revisions": ofCentre,
	"article_steps":     ofCentre,
	"article_subjects":  ofCentre,
	"article_images":    ofCentre,
	"article_words":     ofCentre,
	"newsrooms":         ofCentre,
	"consent_ends":      store.OpenTable(), // by decision: the day on which a consent to publish ended, of nobody by name
	"news_list":         store.OpenTable(), // by decision: the views of what is published; they leave out what nobody consents to any more
	"news_images":       store.OpenTable(),
	"news_words":        store.OpenTable(),
	"news_notes":        store.OpenTable(),
	"news_gone":         store.OpenTable(), // the addresses of what was published once

	"users":            store.SystemTable(),
	"user_centres":     store.SystemTable(),
	"user_covers":      store.SystemTable(),
	"reset_codes":      store.SystemTable(),
	"recovery_codes":   store.SystemTable(),
	"tokens":           store.SystemTable(),
	"sessions":         store.SystemTable(),
	"sign_in_failures": store.SystemTable(),
}
