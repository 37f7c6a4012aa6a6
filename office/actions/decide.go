package actions

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/coordination"
	"tuntas/office/monitoring"
)

// A new action may tell its agency by a letter, and letters lie in a table of the system.
var addAction = store.NewSystemAct("action.add", who.RunAction)

// How a form and the API name the organisation that does an action.
const (
	ownerOffice = "office"
	ownerCentre = "centre:"
	ownerAgency = "agency:"
)

// Owner is who does an action: one organisation, and one person in it.
type Owner struct {
	Owner     string `json:"owner" required:"true" maxLength:"40" ask:"Pilih lembaga yang mengerjakan."` // office, centre:ID or agency:ID
	OwnerName string `json:"owner_name,omitempty" maxLength:"160"`
	Mine      bool   `json:"mine,omitempty"` // the asker does it
}

// NewAction is an action as it is written down.
type NewAction struct {
	Title string `json:"title" required:"true" maxLength:"200" ask:"Tulis apa yang akan dikerjakan."`
	Owner
	DueOn     clock.Day `json:"due_on" required:"true" ask:"Tulis kapan paling lambat selesai."`
	StartOn   clock.Day `json:"start_on,omitempty"` // today when left out
	Measure   string    `json:"measure" required:"true" maxLength:"500" ask:"Tulis bagaimana terlihat bahwa ini selesai."`
	Detail    string    `json:"detail,omitempty" maxLength:"2000"`
	Centre    id.ID     `json:"centre_id,omitempty"`
	Indicator string    `json:"indicator,omitempty" maxLength:"60"`
	Gaps      []string  `json:"gaps,omitempty"` // STANDARD/CRITERION, open at the institution

	// Decided is the item of a meeting that decides it; Site is the address for the link in a letter to an agency.
	Decided id.ID  `json:"-"`
	Site    string `json:"-"`
}

// mayDecide holds what every action needs: what, one organisation and one person, a date, and how one sees the end.
func mayDecide(in *NewAction, by who.Asker, today clock.Day) error {
	var f fail.Fields
	if in.Title = strings.TrimSpace(in.Title); in.Title == "" {
		f.Add("title", "required", "Tulis apa yang akan dikerjakan.")
	}
	mayOwn(&f, &in.Owner, by)
	if in.Measure = strings.TrimSpace(in.Measure); in.Measure == "" {
		f.Add("measure", "required", "Tulis bagaimana terlihat bahwa ini selesai.")
	}
	in.StartOn = cmp.Or(in.StartOn, min(today, cmp.Or(in.DueOn, today)))
	switch {
	case in.DueOn == "":
		f.Add("due_on", "required", "Tulis kapan paling lambat selesai.")
	case in.DueOn < in.StartOn:
		f.Add("due_on", "order", "Batas waktu lebih awal daripada mulainya.")
	}
	if _, known := monitoring.Find(in.Indicator); in.Indicator != "" && !known {
		f.Add("indicator", "unknown", "Angka ini tidak dikenal. Pilih dari daftar.")
	}
	return f.Err()
}

func mayOwn(f *fail.Fields, o *Owner, by who.Asker) {
	if o.Owner = strings.TrimSpace(o.Owner); o.Owner == "" {
		f.Add("owner", "required", "Pilih lembaga yang mengerjakan.")
	}
	if o.Mine {
		o.OwnerName = by.Name
	}
	if o.OwnerName = strings.TrimSpace(o.OwnerName); o.OwnerName == "" {
		f.Add("owner_name", "required", "Tulis nama satu orang yang bertanggung jawab.")
	}
}

// take finds the organisation that a form names.
func (a *Action) take(tx *store.Tx, o Owner) error {
	unknown := fail.Bad("owner", "unknown", "Lembaga ini tidak dikenal. Pilih dari daftar.")
	a.Agency, a.OwnerCentre, a.OwnerName, a.OwnerUser, a.OwnerOrg = 0, 0, o.OwnerName, 0, ""
	if o.Mine {
		a.OwnerUser = tx.By().User
	}
	if o.Owner == ownerOffice {
		return nil
	}
	if key, ok := strings.CutPrefix(o.Owner, ownerAgency); ok {
		i, ok := id.Parse(key)
		if !ok {
			return unknown
		}
		g, err := coordination.AgencyByID(tx, i)
		if err != nil || g.RetiredOn != "" {
			return cmp.Or(broken(err), unknown)
		}
		a.Agency, a.OwnerOrg = g.ID, g.Name
		return nil
	}
	key, ok := strings.CutPrefix(o.Owner, ownerCentre)
	i, sound := id.Parse(key)
	if !ok || !sound {
		return unknown
	}
	c, err := centre.ByID(tx, i)
	if err != nil {
		return cmp.Or(broken(err), unknown)
	}
	a.OwnerCentre, a.OwnerOrg = c.ID, c.Name
	if a.OwnerUser == 0 { // the person may hold a post there
		post, err := centre.StaffNamed(tx, c.ID, o.OwnerName)
		if err := broken(err); err != nil {
			return err
		}
		a.OwnerUser = post.User
	}
	return nil
}

// broken leaves out that something is not there.
func broken(err error) error {
	if errors.Is(err, fail.NotFound) {
		return nil
	}
	return err
}

// Add writes an action down.
func (d *Desk) Add(ctx context.Context, by who.Asker, in NewAction) (a Action, err error) {
	err = d.store.Write(ctx, by, addAction, func(tx *store.Tx) error {
		a, err = d.Decide(tx, in)
		return err
	})
	return a, err
}

// Decide writes an action down as a part of another deed: its asker is that of tx. What is missing is told at the field.
// An agency with a registered address learns of it by a letter with its link; the act of tx must be a system act.
func (d *Desk) Decide(tx *store.Tx, in NewAction) (a Action, err error) {
	by := tx.By()
	if err := mayDecide(&in, by, tx.Today()); err != nil {
		return a, err
	}
	a = Action{ID: id.New(), Version: 1, Centre: in.Centre, Title: in.Title, Detail: in.Detail, StartOn: in.StartOn, DueOn: in.DueOn, Measure: in.Measure, Indicator: in.Indicator,
		State: Planned, Live: true, Decided: in.Decided, MadeOn: tx.Today(), User: by.User, By: by.Name}
	if err := a.take(tx, in.Owner); err != nil {
		return a, err
	}
	if a.Centre == 0 { // what an institution does, it does for itself unless it is said otherwise
		a.Centre = cmp.Or(a.OwnerCentre, by.Scope.Only())
	}
	if err := mayWork(by, a); err != nil {
		return a, err
	}
	if a.Centre != 0 {
		c, err := centre.ByID(tx, a.Centre)
		if err != nil {
			return a, cmp.Or(broken(err), fail.Bad("centre_id", "unknown", "UPT ini tidak ada."))
		}
		a.CentreName = c.Name
	}
	if err := insertAction(tx, a); err != nil {
		return a, err
	}
	if err := d.lay(tx, a, a.Centre, in.Gaps); err != nil {
		return a, err
	}
	tx.Record(entry(a, fail.Say("Tindak lanjut ditetapkan: %s", a.Title), in))
	return a, d.tell(tx, a, in.Site)
}

// tell tells who does an action: a user on their page of notices, an institution without such a user its head, an agency by a
// letter. Nothing about a person stands in it. Without an address for its link there
// is no letter: what is written down from the past tells nobody.
func (d *Desk) tell(tx *store.Tx, a Action, site string) error {
	if site == "" {
		return nil
	}
	n := store.Notice{Kind: "action", Say: fail.Say("Tindak lanjut untuk Anda: %s, paling lambat %s.", a.Title, a.DueOn), Path: a.Path()}
	switch {
	case a.OwnerUser != 0 && a.OwnerUser != tx.By().User:
		n.To = []id.ID{a.OwnerUser}
		tx.Notify(n)
	case a.OwnerUser == 0 && a.OwnerCentre != 0 && tx.By().Scope.All:
		n.Role, n.Centre, n.Say = "head_centre", a.OwnerCentre, fail.Say("Tindak lanjut untuk UPT Anda: %s, paling lambat %s.", a.Title, a.DueOn)
		tx.Notify(n)
	}
	if a.Agency == 0 {
		return nil
	}
	return d.partners.Write(tx, a.Agency, coordination.Note{Subject: "Satu tindak lanjut untuk " + a.OwnerOrg, Site: site, At: "/actions/" + a.ID.String(),
		Text: a.OwnerName + " diminta mengerjakan: " + a.Title + ".\nSelesai bila: " + a.Measure + ".\nPaling lambat: " + text.DayLong(text.ID, a.DueOn) + "."})
}

// NewGaps lays further gaps of one institution to an action.
type NewGaps struct {
	Centre id.ID    `json:"centre_id" required:"true" ask:"Pilih UPT."`
	Gaps   []string `json:"gaps" required:"true" ask:"Pilih kesenjangan yang ditutup."`
}

var layGaps = store.NewAct("action.gaps", who.RunAction)

// LayGaps lays further gaps to an action.
func (d *Desk) LayGaps(ctx context.Context, by who.Asker, action id.ID, version int64, in NewGaps) (Action, error) {
	return d.change(ctx, by, layGaps, action, version, func(tx *store.Tx, a *Action) error {
		if !a.Live {
			return errOver
		}
		if !by.Whole().All && !by.System && !by.Scope.Has(in.Centre) {
			return fail.Bad("centre_id", "unknown", "UPT ini tidak ada.")
		}
		if err := d.lay(tx, *a, in.Centre, in.Gaps); err != nil {
			return err
		}
		tx.Record(entry(*a, fail.Say("Kesenjangan ditambahkan pada tindak lanjut %s.", a.Title), in))
		return keepAction(tx, a)
	})
}

// lay keeps the gaps that an action closes: those that the institution really has.
func (d *Desk) lay(tx *store.Tx, a Action, at id.ID, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	open, err := d.standards.Gaps(tx, at)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, g := range open {
		known[g.Standard+"/"+g.Criterion.Key] = true
	}
	slices.Sort(keys)
	for _, k := range slices.Compact(keys) {
		if !known[k] {
			return fail.Bad("gaps", "unknown", "Butir %s bukan kesenjangan UPT ini menurut penilaian mandirinya yang terakhir.", k)
		}
		standard, criterion, _ := strings.Cut(k, "/")
		if err := insertGap(tx, a.ID, Gap{Centre: at, Standard: standard, Criterion: criterion}); err != nil {
			return err
		}
	}
	return nil
}
