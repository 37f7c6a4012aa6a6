package coordination

import (
	"errors"
	"slices"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today clock.Day = "2026-11-24" // a Tuesday

// Every deed in every state: what the table does not allow is refused. The legal ones are written out once more here.
func TestMoves(t *testing.T) {
	t.Parallel()
	legal := map[string][]string{
		Prepared: {doSend, doWithdraw},
		Sent:     {doAccept, doAsk, doReceive, doRefuse, doReroute, doWithdraw},
		Received: {doAccept, doAsk, doRefuse, doReroute, doWithdraw},
		Asked:    {doAccept, doInform, doRefuse, doReroute, doWithdraw},
		Accepted: {doFinish, doRefuse, doStart, doWithdraw},
		Started:  {doFinish},
		Finished: {}, Refused: {doReroute}, Rerouted: {}, Withdrawn: {},
	}
	if len(legal) != len(stateWords) || len(stateWords) != len(stateSays) || len(stateWords) != len(stateKinds) {
		t.Errorf("%d states, %d words", len(legal), len(stateWords))
	}
	n := 0
	for state, want := range legal {
		for deed := range moves {
			err := mayDo(Referral{State: state}, deed)
			if (err == nil) != slices.Contains(want, deed) {
				t.Errorf("%s in %s: %v", deed, state, err)
			}
			n++
		}
	}
	if n != 100 {
		t.Errorf("%d moves were tried", n)
	}
}

func fileOn(day clock.Day) casework.File {
	return casework.File{Case: casework.Case{Stage: casework.Intervention, Kind: "lansia_telantar", OpenedOn: day.AddMonths(-4), Setting: casework.Inside}, Today: day,
		Assessments: []casework.Assessment{{ID: 7, Instrument: casework.Biopsychosocial, SignedOn: day.AddMonths(-3), CertificateNo: "PS-1"}},
		Consents:    []person.Consent{{ID: 8, Purpose: "referral", GivenOn: day.Add(-9)}}, Who: person.Person{Called: "Darmo", Sex: "male", Birth: person.Birth{Precision: "year", Date: "1958"}, HomeRegion: "35.09"}}
}

// Clause P16-18.9: every referral rests on an assessment that a Pekerja Sosial with a certificate signed; and on a consent
// that holds or another basis that is named (UU 27/2022 Pasal 22, 24).
func TestReferral_rests(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-18.9")
	for _, try := range []struct {
		name   string
		change func(*facts, *NewReferral)
		want   string
	}{
		{"all there", func(*facts, *NewReferral) {}, ""},
		{"nothing signed", func(f *facts, _ *NewReferral) { f.file.Assessments[0].SignedOn = "" }, "referral-gate"},
		{"signed by a helper", func(f *facts, _ *NewReferral) { f.file.Assessments[0].CertificateNo = "" }, "referral-gate"},
		{"an emergency lifts nothing", func(f *facts, in *NewReferral) {
			f.file.Assessments = nil
			in.Basis, in.BasisNote, in.Waiver = "vital_interest", "Bahaya", &casework.Waiver{Reason: "darurat"}
		}, "referral-gate"},
		{"closed", func(f *facts, _ *NewReferral) { f.file.Stage = casework.Closed }, "referral-gate"},
		{"no consent", func(f *facts, _ *NewReferral) { f.file.Consents = nil }, "referral-gate"},
		{"consent to something else", func(f *facts, _ *NewReferral) { f.file.Consents[0].Purpose = "story" }, "referral-gate"},
		{"withdrawn", func(f *facts, _ *NewReferral) { f.file.Consents[0].WithdrawnOn = today }, "referral-gate"},
		{"run out", func(f *facts, _ *NewReferral) { f.file.Consents[0].ExpiresOn = today.Add(-1) }, "referral-gate"},
		{"another basis, unsaid", func(_ *facts, in *NewReferral) { in.Basis = "public_task" }, "basis_note required"},
		{"another basis, said", func(f *facts, in *NewReferral) {
			f.file.Consents = nil
			in.Basis, in.BasisNote = "public_task", "Perintah dinas"
		}, ""},
		{"full", func(f *facts, _ *NewReferral) { f.service.Capacity = new(int64) }, "referral-gate"},
		{"retired", func(f *facts, _ *NewReferral) { f.agency.RetiredOn = today }, "referral-gate"},
	} {
		f, in := facts{file: fileOn(today)}, NewReferral{Basis: "consent"}
		try.change(&f, &in)
		if got := province.Refused(mayRefer(f, in)); got != try.want {
			t.Errorf("%s: %q", try.name, got)
		}
	}
	var twice *fail.Collision
	if err := mayRefer(facts{file: fileOn(today), open: 1}, NewReferral{Basis: "consent"}); !errors.As(err, &twice) {
		t.Errorf("a second one to the same service: %v", err)
	}
}

// Clauses P16-18.3, P16-18.4 and P16-18.5: to a panti after seven days outside, to a central unit after three months in
// the panti when the advanced level is needed, to another province only when nobody here serves the kind.
func TestReferral_routes(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-18.3", "P16-18.4", "P16-18.5")
	head := who.Asker{Rights: map[who.Right]bool{who.WaiveRule: true}}
	stay := func(from clock.Day) []residence.Stay {
		return []residence.Stay{{From: from, State: residence.Open}}
	}
	for _, try := range []struct {
		name   string
		kind   string
		change func(*facts, *NewReferral)
		want   string
	}{
		{"an agency", "opd", func(*facts, *NewReferral) {}, ""},
		{"to a panti after six days", UPT, func(f *facts, _ *NewReferral) { f.file.Setting, f.file.OutsideSince = casework.Outside, today.Add(-6) }, "referral-seven-days"},
		{"after seven", UPT, func(f *facts, _ *NewReferral) { f.file.Setting, f.file.OutsideSince = casework.Outside, today.Add(-7) }, ""},
		{"waived by who may not", UPT, func(f *facts, in *NewReferral) {
			f.file.Setting, f.file.OutsideSince, in.Waiver = casework.Outside, today, &casework.Waiver{Reason: "Bahaya"}
		}, "denied"},
		{"waived by the head", UPT, func(f *facts, in *NewReferral) {
			f.file.Setting, f.file.OutsideSince, in.Waiver, f.by = casework.Outside, today, &casework.Waiver{Reason: "Bahaya"}, head
		}, ""},
		{"from one panti to another", UPT, func(*facts, *NewReferral) {}, ""},
		{"central, a day too early", CentralUnit, func(f *facts, _ *NewReferral) {
			f.file.Level, f.file.Stays = casework.Advanced, stay(today.AddMonths(-3).Add(1))
		}, "central-referral"},
		{"central, not advanced", CentralUnit, func(f *facts, _ *NewReferral) { f.file.Level, f.file.Stays = casework.Basic, stay(today.AddMonths(-3)) }, "central-referral"},
		{"central, as the law says", CentralUnit, func(f *facts, _ *NewReferral) {
			f.file.Level, f.file.Stays = casework.Advanced, stay(today.AddMonths(-3))
		}, ""},
		{"another province though served here", OtherProvince, func(f *facts, _ *NewReferral) { f.here = true }, "referral-province"},
		{"another province", OtherProvince, func(*facts, *NewReferral) {}, ""},
	} {
		f, in := facts{file: fileOn(today), agency: Agency{Kind: try.kind}}, NewReferral{Basis: "consent"}
		try.change(&f, &in)
		if got := province.Refused(mayRoute(f, in)); got != try.want {
			t.Errorf("%s: %q", try.name, got)
		}
	}
}

// The data of a restricted person are sent by right alone, not by carrying the case.
func TestReferral_restricted(t *testing.T) {
	t.Parallel()
	f := fileOn(today)
	f.Who.Restricted, f.Worker = true, 5
	if got := province.Refused(mayConfide(f, who.Asker{User: 5})); got != "referral-restricted" {
		t.Errorf("her own worker: %q", got)
	}
	if err := mayConfide(f, who.Asker{Rights: map[who.Right]bool{who.SeeRestricted: true}}); err != nil {
		t.Errorf("by right: %v", err)
	}
}

// No minimum holds the NIK or a note on health; each other piece needs a reason and the right to see it.
func TestShare(t *testing.T) {
	t.Parallel()
	whole := who.Asker{Rights: map[who.Right]bool{who.SeeIdentity: true, who.SeeHealth: true}}
	file := fileOn(today)
	file.Who.Identifiers = []person.Identifier{{Kind: "nik", Value: "3509121708580003"}}
	for _, c := range categoriesOf(today) {
		if slices.Contains(c.Minimum, "nik") || slices.Contains(c.Minimum, "health_note") {
			t.Errorf("the minimum of %s is %v", c.Key, c.Minimum)
		}
		f := facts{file: file, service: Service{Category: c.Key}, by: whole}
		if keys := freeze(f, Referral{Category: c.Key}).keys(); slices.Contains(keys, "nik") {
			t.Errorf("%s sends %v", c.Key, keys)
		}
	}
	for _, try := range []struct {
		name string
		by   who.Asker
		in   []Extra
		want string
		sent string
	}{
		{"nothing ticked", whole, []Extra{{Reason: "ada alasan"}}, "", ""},
		{"no reason", whole, []Extra{{Field: "nik"}}, "extras.0.reason required", ""},
		{"unknown", whole, []Extra{{Field: "diagnosis", Reason: "x"}}, "extras.0.field choice", ""},
		{"without the right", who.Asker{}, []Extra{{Field: "nik", Reason: "Sertifikat"}}, "denied", ""},
		{"ticked with reason", whole, []Extra{{Field: "nik", Reason: "Sertifikat"}}, "", "3509121708580003"},
		{"a note without words", whole, []Extra{{Field: "health_note", Reason: "Alergi"}}, "extras.0.value required", ""},
		{"a note", whole, []Extra{{Field: "health_note", Reason: "Alergi", Value: "Alergi debu"}}, "", "Alergi debu"},
		{"what goes anyway", whole, []Extra{{Field: "called"}}, "", ""},
	} {
		f := facts{file: file, service: Service{Category: "training"}, by: try.by}
		all, err := mayShare(f, try.in)
		if got := province.Refused(err); got != try.want {
			t.Errorf("%s: %q", try.name, got)
			continue
		}
		found := try.sent == ""
		for _, s := range freeze(f, Referral{Category: "training", Extras: all}).Fields {
			found = found || s.Value == try.sent
		}
		if err == nil && !found {
			t.Errorf("%s: %q is not sent", try.name, try.sent)
		}
	}
}

// The day of an answer is a working day; escalation counts working days.
func TestDueDay(t *testing.T) {
	t.Parallel()
	for wanted, want := range map[clock.Day]string{"": "", "2026-11-24": "due_on past", "2026-11-28": "due_on holiday", "2026-12-25": "due_on holiday", "2026-11-25": "", "2028-01-03": "due_on far"} {
		if _, err := dueDay(wanted, today); province.Refused(err) != want {
			t.Errorf("%q: %v", wanted, err)
		}
	}
	if got, _ := dueDay("", today); got != "2026-11-27" {
		t.Errorf("the usual day is %s", got)
	}
	for day, want := range map[clock.Day]int64{"2026-11-27": 0, "2026-11-29": 0, "2026-11-30": 1, "2026-12-02": 2, "2026-12-04": 3, "2027-01-01": 3} {
		if got := stepsDue("2026-11-27", day); got != want {
			t.Errorf("on %s: %d steps", day, got)
		}
	}
}

// What fits: kind, sex, age as far as known, district; who is full comes last, and a fast agency before a slow one.
func TestFits(t *testing.T) {
	t.Parallel()
	sixty, thirty := int64(60), int64(30)
	for _, try := range []struct {
		name string
		s    Service
		want bool
	}{
		{"for all", Service{}, true},
		{"another kind", Service{Kinds: []string{"anak_telantar"}}, false},
		{"this kind", Service{Kinds: []string{"lansia_telantar"}}, true},
		{"women", Service{Sex: "female"}, false},
		{"too old", Service{AgeTo: &thirty}, false},
		{"old enough", Service{AgeFrom: &sixty}, true},
		{"elsewhere", Service{Districts: []string{"35.05"}}, false},
		{"at the home", Service{Districts: []string{"35.09"}}, true},
		{"the agency serves elsewhere", Service{AgencyServes: []string{"35.05"}}, false},
		{"where the centre is", Service{AgencyServes: []string{"35.78"}}, true},
		{"retired", Service{RetiredOn: today}, false},
	} {
		if got := fits(try.s, fileOn(today), "35.78"); got != try.want {
			t.Errorf("%s: %t", try.name, got)
		}
	}
	none, some := int64(0), int64(2)
	got := offered([]Service{{ID: 1, Capacity: &none, AssuredOn: today}, {ID: 2, Agency: 22}, {ID: 3, Agency: 33, AssuredOn: today, Capacity: &some}, {ID: 4, Agency: 44, AssuredOn: today}}, fileOn(today), "35.78",
		paceMap(33, 90, 44, 20))
	if len(got) != 4 || got[0].ID != 4 || got[1].ID != 3 || got[2].ID != 2 || got[3].ID != 1 {
		t.Errorf("the order is %v", got)
	}
}

func paceMap(a, hours int64, b, more int64) map[id.ID]Pace {
	return map[id.ID]Pace{id.ID(a): {N: 1, Hours: hours}, id.ID(b): {N: 1, Hours: more}}
}

func categoriesOf(day clock.Day) []law.NeedOfOther { return law.Referral.On(day).Categories }
