package casework

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/person"
	"tuntas/office/residence"
)

var (
	terminate      = store.NewAct("case.terminate", who.WorkCase)
	terminateWaive = store.NewAct("case.terminate-waived", who.WaiveRule)
)

// Ending is how the stay in care ended: the reason, the destination and the outcome, each apart.
type Ending struct {
	On          clock.Day `json:"on" required:"true" ask:"Tulis tanggal keluar."`
	Reason      string    `json:"reason" required:"true" maxLength:"40" ask:"Pilih alasan keluar."`
	Destination string    `json:"destination" required:"true" maxLength:"40" ask:"Pilih tujuan."`
	Outcome     string    `json:"outcome" required:"true" maxLength:"40" ask:"Pilih hasil."`
	HandedTo    string    `json:"handed_to,omitempty" maxLength:"120"`
	Relation    string    `json:"relation,omitempty" maxLength:"120"`
	Contact     string    `json:"contact,omitempty" maxLength:"120"`
	Note        string    `json:"note,omitempty" maxLength:"2000"`
	Skill       string    `json:"skill,omitempty" maxLength:"40"`     // trained in while in care
	Tool        string    `json:"tool,omitempty" maxLength:"40"`      // whether the tools for it went along
	Guardian    string    `json:"guardian,omitempty" maxLength:"120"` // of the children of a family who stay
	Waiver      *Waiver   `json:"waiver,omitempty"`
	By          string    `json:"by,omitempty"`

	BackOn clock.Day   `json:"-"` // the person came back to care
	After  *Afterwards `json:"-"` // as counted; nil where it was not counted yet
}

// shortEndings are the reasons that no gate can hold back: the person is not there any more.
var shortEndings = []string{"deceased", "absconded", "own_wish"}

// mayTerminate holds Pasal 7: the sixth stage follows resocialisation. Death, leaving without notice and
// leaving at own wish end the stay from any stage in care.
func mayTerminate(f File, e Ending, today clock.Day) (waived []string, err error) {
	if err := mayEnd(e); err != nil {
		return nil, err
	}
	if !f.InCare() {
		return nil, fail.Broken("not-in-care", "Layanan panti kasus ini sudah diakhiri.")
	}
	if e.Reason == Transferred {
		return nil, fail.Broken("use-transfer", "Pindah ke UPT lain diusulkan pada halaman kasus dan ditandatangani kedua Kepala UPT.")
	}
	if err := dayInOrder("on", e.On, f.StageSince, today); err != nil {
		return nil, err
	}
	if err := mayReferCentrally(f, e); err != nil {
		return nil, err
	}
	if slices.Contains(shortEndings, e.Reason) {
		return nil, nil
	}
	conditions := Conditions(f)
	if Next(f.Stage) != Terminated {
		conditions = append([]Condition{{Code: "stage-order", Firm: true, Article: "Pasal 7 ayat (1)", Say: orderSays[Next(f.Stage)]}}, conditions...)
	}
	if err := gateOf(conditions, e.Waiver != nil); err != nil {
		return nil, err
	}
	for _, c := range undone(conditions) {
		waived = append(waived, c.Code)
	}
	return waived, nil
}

// mayEnd holds what is told of an ending: words of the lists of its day, and who received the person.
func mayEnd(e Ending) error {
	lists := law.Standard.On(e.On)
	var wrong fail.Fields
	for _, c := range []struct {
		field, key string
		list       []law.Named
	}{{"reason", e.Reason, lists.ExitReasons}, {"destination", e.Destination, lists.Destinations}, {"outcome", e.Outcome, lists.Outcomes}} {
		if !law.Has(c.list, c.key) {
			wrong.Add(c.field, "choice", "Pilih salah satu dari daftar.")
		}
	}
	if e.Skill != "" && !law.Has(lists.Skills, e.Skill) {
		wrong.Add("skill", "choice", "Pilih salah satu dari daftar.")
	}
	switch {
	case e.Tool != "" && e.Skill == "":
		wrong.Add("skill", "required", "Pilih keterampilan yang dilatih, bila alatnya disebut.")
	case e.Tool == "" && e.Skill != "":
		wrong.Add("tool", "required", "Pilih apakah alat kerjanya dibawa.")
	case e.Tool != "" && !law.Has(lists.Tools, e.Tool):
		wrong.Add("tool", "choice", "Pilih salah satu dari daftar.")
	}
	if slices.Contains(lists.Receivers, e.Destination) && e.HandedTo == "" {
		wrong.Add("handed_to", "required", "Tulis siapa yang menerima.")
	}
	return wrong.Err()
}

// Terminate ends the stay in care: the bed is freed, the visits of aftercare are planned, in one deed.
func (d *Desk) Terminate(ctx context.Context, by who.Asker, caseID id.ID, version int64, e Ending) (f File, err error) {
	if err := byPeople(by); err != nil {
		return f, err
	}
	act := terminate
	if e.Waiver != nil {
		act = terminateWaive
	}
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if f, err = take(tx, caseID, version); err != nil {
			return err
		}
		if err := KeepChildren(tx, f.Case, []id.ID{f.ID}, e.On, e.Guardian); err != nil {
			return err
		}
		f, err = EndIn(tx, f, e)
		return err
	})
	return f, err
}

func end(tx *store.Tx, f File, e Ending, waived []string) (File, error) {
	if err := residence.EndOfCase(tx, f.ID, e.On); err != nil {
		return f, err
	}
	waiver := ""
	if len(waived) > 0 {
		waiver = e.Waiver.Reason
	}
	c, err := enterStage(tx, f.Case, Terminated, e.On, e.Note, waiver, waived)
	if err != nil {
		return f, err
	}
	if err := insertEnding(tx, c, e); err != nil {
		return f, err
	}
	tx.CountOf(c.Person, "case.terminated", c.Centre, e.On, e.Reason, 1)
	tx.CountOf(c.Person, "case.outcome", c.Centre, e.On, e.Outcome, 1)
	reason, _ := law.Find(law.Standard.On(e.On).ExitReasons, e.Reason)
	tx.Record(entryOf(c, fail.Say("Layanan panti berakhir %s: %s.", e.On, reason.Name), e))
	if e.Reason == "deceased" {
		if err := person.MarkDeceased(tx, c.Person, e.On); err != nil {
			return f, err
		}
	} else if err := planContacts(tx, c, e.On); err != nil {
		return f, err
	}
	return refresh(tx, c.ID)
}

// beforeAftercare is the gate of the seventh stage: the bed is free and the visits stand.
func beforeAftercare(f File) []Condition {
	bed := Condition{Code: "stay-open", Say: fail.Say("Tempat tidur belum dikosongkan."), Part: "beds"}
	if !f.Housed() {
		bed.Done, bed.Say = true, fail.Say("Tempat tidur sudah dikosongkan.")
	}
	visits := Condition{Code: "contacts-missing", Say: fail.Say("Kunjungan bimbingan lanjut belum dijadwalkan."), Article: "Pasal 7 ayat (1) huruf g", Part: "contacts"}
	if len(f.Contacts) > 0 || f.Ended != nil && f.Ended.Reason == "deceased" {
		visits.Done, visits.Say = true, fail.Say("Kunjungan bimbingan lanjut dijadwalkan.")
	}
	return []Condition{bed, visits}
}
