package casework

import (
	"encoding/json"
	"fmt"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/forms"
)

var (
	assessmentsOfCase = store.SQL(`select a.id, a.version, a.case_id, a.centre_id, a.person_id, a.instrument, a.instrument_version,
			a.occasion, a.answers, a.score, a.band, a.assessed_on, a.assessor_id, a.assessor_name, a.signed_on, a.signed_by, a.signer_name,
			a.certificate_no
		from assessments a where a.case_id = ? and {see a} order by a.assessed_on desc, a.id desc`)
	newAssessment = store.SQL(`insert into assessments (id, version, case_id, centre_id, person_id, instrument, instrument_version,
			occasion, answers, score, band, assessed_on, assessor_id, assessor_name, signed_on, signed_by, signer_name, certificate_no)
		select ?, 1, c.id, c.centre_id, c.person_id, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, '', '' from cases c where c.id = ? and {see c}`)
	changeAssessment = store.SQL(`update assessments set version = version + 1, answers = ?, score = ?, band = ?, assessed_on = ?,
		signed_on = ?, signed_by = ?, signer_name = ?, certificate_no = ? where id = ? and version = ? and {see assessments}`)
	newLevel = store.SQL(`insert into assessment_levels (assessment_id, centre_id, domain, level)
		select a.id, a.centre_id, ?, ? from assessments a where a.id = ? and {see a}`)
	needsOfCase = store.SQL(`select n.id, n.assessment_id, n.domain, n.text, n.item, n.declined from needs n
		where n.case_id = ? and {see n} order by n.id`)  // index: needs (case_id, id)
	newNeed = store.SQL(`insert into needs (id, case_id, centre_id, assessment_id, domain, text, item, declined)
		select ?, c.id, c.centre_id, ?, ?, ?, ?, ? from cases c where c.id = ? and {see c}`)
	declineNeed = store.SQL(`update needs set declined = ? where id = ? and case_id = ? and {see needs}`)
)

func scanAssessment(r store.Row) (a Assessment, err error) {
	var answers string
	if err = r.Scan(&a.ID, &a.Version, &a.Case, &a.Centre, &a.Person, &a.Instrument, &a.InstrumentVersion, &a.Occasion, &answers,
		&a.Score, &a.Band, &a.AssessedOn, &a.Assessor, &a.AssessorName, &a.SignedOn, &a.SignedBy, &a.SignerName, &a.CertificateNo); err != nil {
		return a, err
	}
	if err = json.Unmarshal([]byte(answers), &a.Answers); err != nil {
		return a, fmt.Errorf("read the answers of %s: %w", a.ID, err)
	}
	a.Levels = forms.Score(a.Form(), a.Answers, a.Score).Levels
	return a, nil
}

func assessmentsOf(tx *store.Tx, caseID id.ID) ([]Assessment, error) {
	return store.Each(tx, assessmentsOfCase, scanAssessment, caseID)
}

func needsOf(tx *store.Tx, caseID id.ID) ([]Need, error) {
	return store.Each(tx, needsOfCase, func(r store.Row) (n Need, err error) {
		err = r.Scan(&n.ID, &n.Assessment, &n.Domain, &n.Text, &n.Item, &n.Declined)
		return n, err
	}, caseID)
}

// answersText writes answers as they are kept; none is an empty object.
func answersText(answers map[string]any) (string, error) {
	if answers == nil {
		return "{}", nil
	}
	b, err := json.Marshal(answers)
	return string(b), err
}

func insertAssessment(tx *store.Tx, a Assessment) error {
	answers, err := answersText(a.Answers)
	if err != nil {
		return err
	}
	_, err = store.Exec(tx, newAssessment, a.ID, a.Instrument, a.InstrumentVersion, a.Occasion, answers, a.Score, a.Band, a.AssessedOn,
		a.Assessor, a.AssessorName, a.Case)
	if store.Duplicate(err) {
		return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
	}
	return err
}

func keepAssessment(tx *store.Tx, a *Assessment) error {
	answers, err := answersText(a.Answers)
	if err != nil {
		return err
	}
	n, err := store.Exec(tx, changeAssessment, answers, a.Score, a.Band, a.AssessedOn, a.SignedOn, a.SignedBy, a.SignerName,
		a.CertificateNo, a.ID, a.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	a.Version++
	return err
}

func keepLevels(tx *store.Tx, a Assessment) error {
	for domain, level := range a.Levels {
		if _, err := store.Exec(tx, newLevel, domain, level, a.ID); err != nil {
			return err
		}
	}
	return nil
}

func insertNeed(tx *store.Tx, caseID id.ID, n Need) error {
	_, err := store.Exec(tx, newNeed, n.ID, n.Assessment, n.Domain, n.Text, n.Item, n.Declined, caseID)
	return err
}

func keepDeclined(tx *store.Tx, caseID, need id.ID, why string) error {
	n, err := store.Exec(tx, declineNeed, why, need, caseID)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}
