// Package standards is the desk of standards: what an institution should be like, as versioned files; the campaigns in
// which the institutions assess themselves against one; and the province's own look at their answers.
//
// Owns the tables standards, campaigns, self_assessments, standard_answers, standard_evidence and
// standard_evidence_parts. Calls centre (whom it serves, who works there) and reads cases, plans, assessments, contacts
// and stays to suggest answers; calls person for names.
// Law: Permensos 16/2019 Pasal 42-43 (staff), 46 huruf e, 50-51 (monitoring), 52 (what evaluation is for).
package standards
