package casework

import (
	"context"
	"errors"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
	"tuntas/office/person"
)

var (
	openCase   = store.NewAct("case.open", who.OpenCase)
	changeCase = store.NewAct("case.change", who.WorkCase)
)

// Opening opens a case. Criteria, consent and decision letter gate later steps, not the opening: help
// begins before the papers are there.
type Opening struct {
	ID           id.ID     `json:"id"`
	Person       id.ID     `json:"person_id" required:"true" ask:"Pilih orangnya."`
	Centre       id.ID     `json:"centre_id" required:"true" ask:"Pilih UPT."`
	Kind         string    `json:"ppks_type" required:"true" maxLength:"60" ask:"Pilih jenis PPKS."`
	OpenedOn     clock.Day `json:"opened_on" required:"true" ask:"Tulis tanggal mulai."`
	Setting      string    `json:"setting" enum:"inside,outside"`
	Level        string    `json:"level" enum:"basic,advanced"`
	Worker       id.ID     `json:"worker_id"`
	Source       string    `json:"source" maxLength:"200"`
	Story        string    `json:"story" maxLength:"4000"`
	OutsideSince clock.Day `json:"outside_since"`
	Emergency    bool      `json:"emergency"`
	Family       id.ID     `json:"family_of,omitempty"` // the case of the head of the family

	former      id.ID // an earlier case, found in the whole province
	formerUntil clock.Day
	returnDays  *int64
}

// mayOpen holds what an opening needs, before anything is asked of the database.
func mayOpen(in Opening, today clock.Day) error {
	var f fail.Fields
	if _, known := law.KindOf(in.Kind); !known {
		f.Add("ppks_type", "choice", "Jenis PPKS ini tidak dikenal.")
	}
	if in.OpenedOn > today {
		f.Add("opened_on", "future", "Tanggal %s belum terjadi.", in.OpenedOn)
	}
	if in.OutsideSince > in.OpenedOn {
		f.Add("outside_since", "order", "Tanggal %s lebih lambat dari %s. Periksa salah satunya.", in.OutsideSince, in.OpenedOn)
	}
	return f.Err()
}

var errSame = errors.New("the same case was opened before")

// Open opens a case. The same id with the same content is the same case.
func (d *Desk) Open(ctx context.Context, by who.Asker, in Opening) (c Case, err error) {
	if err := d.comesBack(ctx, &in); err != nil {
		return c, err
	}
	err = d.store.Write(ctx, by, openCase, func(tx *store.Tx) error {
		c, err = Open(tx, in)
		return err
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return c, err
}

// Open opens a case in a running transaction.
func Open(tx *store.Tx, in Opening) (Case, error) {
	c, err := begin(tx, in, "")
	if err != nil {
		return c, err
	}
	f, err := refresh(tx, c.ID)
	return f.Case, err
}

// begin writes a new case in its first stage. closedOn is the day on which another record closed it.
func begin(tx *store.Tx, in Opening, closedOn clock.Day) (Case, error) {
	if err := mayOpen(in, tx.Today()); err != nil {
		return Case{}, err
	}
	if in.ID != 0 {
		if c, err := ByID(tx, in.ID); err == nil {
			return sameCase(c, in)
		} else if !errors.Is(err, fail.NotFound) {
			return c, err
		}
	}
	if err := served(tx, in); err != nil {
		return Case{}, err
	}
	p, err := person.ByID(tx, in.Person)
	if errors.Is(err, fail.NotFound) {
		return Case{}, fail.Bad("person_id", "unknown", "Orang ini tidak tercatat di UPT Anda.")
	}
	if err != nil {
		return Case{}, err
	}
	if p.DeceasedOn != "" && p.DeceasedOn < in.OpenedOn {
		return Case{}, fail.Broken("person-deceased", "Orang ini tercatat meninggal %s.", p.DeceasedOn)
	}
	if err := mayJoinFamily(tx, in); err != nil {
		return Case{}, err
	}
	c := caseOf(in, tx.By())
	c.Region = regionOf(p)
	c.ClosedOn, c.Nik = closedOn, nikOf(p)
	if err := workerKnown(tx, c.Worker); err != nil {
		return c, err
	}
	if err := insertNew(tx, c); err != nil {
		return c, err
	}
	if err := person.JoinCentre(tx, p, c.Centre, c.OpenedOn); err != nil {
		return c, err
	}
	stage := c.Stage
	c.Stage = "" // nothing to leave yet
	c, err = enterStage(tx, c, stage, c.OpenedOn, "", "", nil)
	tx.CountOf(c.Person, "case.opened", c.Centre, c.OpenedOn, c.Kind, 1)
	if c.ReturnDays != nil {
		tx.CountOf(c.Person, "case.returned", c.Centre, c.OpenedOn, c.Kind, 1)
		tx.Tell(TopicReturned, Returned{c.Former, c.ID, c.OpenedOn})
	}
	countRegion(tx, c, 1)
	countWorker(tx, c, 1)
	countNik(tx, c, 1)
	return c, err
}

// served refuses a centre that does not serve this kind of PPKS, and one that is not the asker's.
func served(tx *store.Tx, in Opening) error {
	upt, err := centre.ByID(tx, in.Centre)
	switch {
	case errors.Is(err, fail.NotFound):
		return fail.Bad("centre_id", "unknown", "UPT ini tidak ada.")
	case err != nil:
		return err
	case !tx.By().System && !tx.By().Scope.Has(in.Centre):
		return fail.NotFound
	case !upt.Serves(in.Kind):
		kind, _ := law.KindOf(in.Kind)
		return fail.Broken("kind-not-served", "%s tidak melayani %s. Pilih UPT lain.", upt.Name, lawWord(kind.Name))
	}
	return nil
}

func caseOf(in Opening, by who.Asker) Case {
	c := Case{ID: in.ID, Version: 1, Person: in.Person, Centre: in.Centre, Kind: in.Kind, Setting: in.Setting, Level: in.Level,
		Stage: Approach, StageSince: in.OpenedOn, OpenedOn: in.OpenedOn, Worker: in.Worker, Source: in.Source, Story: in.Story,
		OutsideSince: in.OutsideSince, Emergency: in.Emergency, Family: in.Family,
		Former: in.former, FormerUntil: in.formerUntil, ReturnDays: in.returnDays}
	if c.ID == 0 {
		c.ID = id.New()
	}
	if c.Setting == "" {
		c.Setting = Inside
	}
	if c.Level == "" {
		c.Level = "basic"
	}
	if c.Worker == 0 && by.Role == "social_worker" {
		c.Worker = by.User
	}
	return c
}

// sameCase tells a repeated opening from an id that was used for something else.
func sameCase(c Case, in Opening) (Case, error) {
	if c.Person == in.Person && c.Centre == in.Centre && c.Kind == in.Kind && c.OpenedOn == in.OpenedOn {
		return c, errSame
	}
	return Case{}, fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
}

// workerKnown makes sure that whoever carries the case has a post that the asker can see.
func workerKnown(tx *store.Tx, worker id.ID) error {
	if worker == 0 || worker == tx.By().User {
		return nil
	}
	_, err := centre.StaffOf(tx, worker)
	if errors.Is(err, fail.NotFound) {
		return fail.Bad("worker_id", "unknown", "Petugas ini tidak ada di UPT ini.")
	}
	return err
}

// Change is what may be changed of a case.
type Change struct {
	Worker       *id.ID     `json:"worker_id,omitempty"`
	Setting      *string    `json:"setting,omitempty" enum:"inside,outside"`
	Level        *string    `json:"level,omitempty" enum:"basic,advanced"`
	Source       *string    `json:"source,omitempty" maxLength:"200"`
	Story        *string    `json:"story,omitempty" maxLength:"4000"`
	OutsideSince *clock.Day `json:"outside_since,omitempty"`
}

// Change changes a case.
func (d *Desk) Change(ctx context.Context, by who.Asker, caseID id.ID, version int64, ch Change) (f File, err error) {
	err = d.store.Write(ctx, by, changeCase, func(tx *store.Tx) error {
		if f, err = take(tx, caseID, version); err != nil {
			return err
		}
		c := f.Case
		set(&c.Worker, ch.Worker)
		set(&c.Setting, ch.Setting)
		set(&c.Level, ch.Level)
		set(&c.Source, ch.Source)
		set(&c.Story, ch.Story)
		set(&c.OutsideSince, ch.OutsideSince)
		if c.Setting == "" {
			return fail.Bad("setting", "required", "Pilih di dalam atau di luar panti.")
		}
		if c.Level == "" {
			return fail.Bad("level", "required", "Pilih tingkat layanan.")
		}
		if c.OutsideSince > tx.Today() {
			return fail.Bad("outside_since", "future", "Tanggal %s belum terjadi.", c.OutsideSince)
		}
		if err := workerKnown(tx, c.Worker); err != nil {
			return err
		}
		if err := keepFacts(tx, c); err != nil {
			return err
		}
		countWorker(tx, f.Case, -1)
		countWorker(tx, c, 1)
		tx.Record(entryOf(c, fail.Say("Data kasus diubah."), ch))
		f, err = refresh(tx, caseID)
		return err
	})
	return f, err
}

func set[T any](into *T, v *T) {
	if v != nil {
		*into = *v
	}
}

// entryOf makes an entry of the record about a case.
func entryOf(c Case, say fail.Saying, what any) store.Entry {
	return store.Entry{Kind: "case", ID: c.ID, Person: c.Person, Case: c.ID, Centre: c.Centre, Say: say, What: what}
}

// PersonFor reads the person for whom a case is to be opened.
func (d *Desk) PersonFor(ctx context.Context, by who.Asker, of id.ID) (p person.Person, err error) {
	err = d.store.Read(ctx, by, lookCase, func(tx *store.Tx) (err error) {
		p, err = person.ByID(tx, of)
		tx.Saw(of)
		return err
	})
	return p, err
}

// Serving gives the centres of the asker's reach that serve people.
func (d *Desk) Serving(ctx context.Context, by who.Asker) (mine []centre.Centre, err error) {
	err = d.store.Read(ctx, by, listCases, func(tx *store.Tx) error {
		all, err := centre.All(tx)
		mine = nil
		for _, c := range all {
			if by.Scope.Has(c.ID) && c.ClientService {
				mine = append(mine, c)
			}
		}
		return err
	})
	return mine, err
}

// FromReport begins the source of a case that a report of the public began; the number of the report follows.
const FromReport = "Laporan masyarakat "

// ReportNumber is the number of the report that began the case; "" where none did.
func (c Case) ReportNumber() string {
	number, _ := strings.CutPrefix(c.Source, FromReport)
	if number == c.Source {
		return ""
	}
	return number
}
