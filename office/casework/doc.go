// Package casework is the desk of the case: one person followed through the seven stages, from the first
// approach to the end of aftercare.
//
// Owns the tables cases, case_stages, criteria, assessments, assessment_levels, needs, plans, goals,
// plan_services, services, checklist, terminations, contacts, contact_attempts, case_notes, conferences,
// conference_people, conference_followups, attachments, attachment_parts, households
// and case_items (what the SPM counts).
// Calls residence (stays), person (consent, death), centre (whom it serves, who may sign) and forms.
// Law: Permensos 16/2019 Pasal 7 (stages), 9, 18, 20, 21 (admission), 22-25 (items).
package casework
