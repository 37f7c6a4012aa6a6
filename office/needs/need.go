package needs

import (
	"context"

	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Need is what an institution needs because of a problem.
type Need struct {
	ID          id.ID
	Version     int64
	Centre      id.ID
	Problem     id.ID
	Standard    string
	Criterion   string
	Kind        string
	Name        string
	Unit        string
	Quantity    int64
	UnitPrice   int64 // rupiah
	Cost        int64 // rupiah: quantity times unit price
	Impact      int64
	Risk        int64
	People      *int64
	Mandated    bool // the function for which the institution was founded waits for it
	Priority    int64
	Fund        string // apbd, other (Pasal 49 ayat (2)); "" is not known yet
	FundNote    string
	Year        int64 // of the budget
	State       string
	Facility    id.ID
	Purchase    id.ID
	Action      id.ID // that brings it
	Note        string
	ProposedOn  clock.Day
	MovedOn     clock.Day
	DeliveredOn clock.Day
	By          string
}

// Live tells whether it is still on its way.
func (n Need) Live() bool { return n.State != Delivered && n.State != Refused }

// Item is the name and unit as compared: identical needs have one.
func (n Need) Item() string { return itemOf(n.Name, n.Unit) }

func itemOf(name, unit string) string {
	return strings.Join(strings.Fields(strings.ToLower(name)), " ") + " · " + strings.Join(strings.Fields(strings.ToLower(unit)), " ")
}

// Parts is how its priority comes about.
func (n Need) Parts() []Part { return PriorityOf(n.Impact, n.Risk, n.People, n.Mandated, n.Cost) }

// NewNeed is a need as it is proposed. Prices are whole rupiah.
type NewNeed struct {
	Kind      string `json:"kind" required:"true" enum:"facility,staff,programme,monitoring,publication,technology" ask:"Pilih jenis kebutuhan."`
	Name      string `json:"name" required:"true" maxLength:"160" ask:"Tulis apa yang dibutuhkan."`
	Quantity  int64  `json:"quantity" required:"true" minimum:"1" maximum:"1000000" ask:"Tulis jumlahnya."`
	Unit      string `json:"unit" required:"true" maxLength:"40" ask:"Tulis satuannya."`
	UnitPrice int64  `json:"unit_price" required:"true" minimum:"0" maximum:"1000000000000" ask:"Tulis harga satuannya dalam rupiah."`
	Year      int64  `json:"year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahun anggaran."`
	Fund      string `json:"fund,omitempty" maxLength:"20"`
	FundNote  string `json:"fund_note,omitempty" maxLength:"160"`
	Mandated  bool   `json:"mandated,omitempty"`
	Note      string `json:"note,omitempty" maxLength:"1000"`
}

// yearsAhead is how far ahead a budget can be named: the five years of a medium-term plan.
const yearsAhead = 5

// mayNeed holds the sum within what can be counted, the year within reach, and the money from a source of Pasal 49 ayat (2).
func mayNeed(in NewNeed, today clock.Day) error {
	var f fail.Fields
	if in.UnitPrice > 0 && in.Quantity > 1_000_000_000_000/in.UnitPrice {
		f.Add("unit_price", "maximum", "Jumlah kali harga melebihi satu triliun rupiah. Periksa angkanya.")
	}
	if this := int64(today.Time().Year()); in.Year < this || in.Year > this+yearsAhead {
		f.Add("year", "range", "Tahun anggaran antara %s dan %s.", strconv.FormatInt(this, 10), strconv.FormatInt(this+yearsAhead, 10))
	}
	fundFields(&f, in.Fund, in.FundNote)
	return f.Err()
}

func fundFields(f *fail.Fields, fund, note string) {
	switch {
	case fund != "" && !fundKnown(fund):
		f.Add("fund", "choice", "Sumber dana %s tidak dikenal: APBD atau sumber lain yang sah (Permensos 16/2019 Pasal 49 ayat (2)).", fund)
	case fund == "other" && strings.TrimSpace(note) == "":
		f.Add("fund_note", "required", "Sebutkan sumber lain yang sah itu.")
	}
}

func (n *Need) take(in NewNeed) {
	n.Kind, n.Name, n.Unit, n.Quantity, n.UnitPrice, n.Mandated = in.Kind, in.Name, in.Unit, in.Quantity, in.UnitPrice, in.Mandated
	n.Year, n.Fund, n.FundNote, n.Note = in.Year, in.Fund, in.FundNote, in.Note
	n.Cost = in.Quantity * in.UnitPrice
	n.Priority = sumOf(n.Parts())
}

func needEntry(n Need, say string, what any) store.Entry {
	return store.Entry{Kind: "institution_need", ID: n.ID, Centre: n.Centre, Say: fail.Say(say, n.Name), What: what}
}

// Propose puts a need under a problem.
func (d *Desk) Propose(ctx context.Context, by who.Asker, problem id.ID, in NewNeed) (n Need, err error) {
	err = d.store.Write(ctx, by, propose, func(tx *store.Tx) error {
		p, err := problemByID(tx, problem)
		if err != nil {
			return err
		}
		if p.State != Open {
			return fail.Broken("problem-closed", "Masalah ini sudah ditutup.")
		}
		if err := mayNeed(in, tx.Today()); err != nil {
			return err
		}
		n = Need{ID: id.New(), Version: 1, Centre: p.Centre, Problem: p.ID, Standard: p.Standard, Criterion: p.Criterion, Impact: p.Impact, Risk: p.Risk, People: p.People,
			State: Proposed, ProposedOn: tx.Today(), MovedOn: tx.Today(), By: by.Name}
		if p.Source == "facility" {
			n.Facility, _ = id.Parse(p.Ref)
		}
		n.take(in)
		tx.Record(needEntry(n, "Kebutuhan diusulkan: %s", in))
		if err := insertNeed(tx, n); err != nil {
			return err
		}
		return counted(tx, Need{}, n)
	})
	return n, err
}

// ChangeNeed says anew what is needed, as long as nobody has reviewed it.
func (d *Desk) ChangeNeed(ctx context.Context, by who.Asker, need id.ID, version int64, in NewNeed) (n Need, err error) {
	err = d.store.Write(ctx, by, change, func(tx *store.Tx) error {
		if n, err = needByID(tx, need); err != nil {
			return err
		}
		if version != 0 && version != n.Version {
			return fail.Stale
		}
		if n.State != Proposed {
			return fail.Broken("need-reviewed", "Kebutuhan ini sudah ditelaah dinas. Minta dikembalikan bila perlu diubah.")
		}
		if n.Purchase != 0 {
			return fail.Broken("need-joined", "Kebutuhan ini sudah digabung dalam satu pengadaan.")
		}
		if err := mayNeed(in, tx.Today()); err != nil {
			return err
		}
		was := n
		n.take(in)
		tx.Record(needEntry(n, "Usulan kebutuhan diubah: %s", in))
		if err := keepNeed(tx, &n); err != nil {
			return err
		}
		return counted(tx, was, n)
	})
	return n, err
}

// Need gives one need with its institution, its problem and what happened to it.
func (d *Desk) Need(ctx context.Context, by who.Asker, need id.ID) (n Need, p Problem, c centre.Centre, steps []Step, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if n, err = needByID(tx, need); err != nil {
			return err
		}
		if p, err = problemByID(tx, n.Problem); err != nil {
			return err
		}
		if c, err = centre.ByID(tx, n.Centre); err != nil {
			return err
		}
		steps, err = stepsOf(tx, need)
		return err
	})
	return n, p, c, steps, err
}

// Filter chooses needs.
type Filter struct {
	Centre id.ID
	State  string // "" is all that are on their way
	Kind   string
	Year   int64
	Fund   string
}

// List gives needs by priority, the highest first.
func (d *Desk) List(ctx context.Context, by who.Asker, f Filter, after id.ID, limit int64) (all []Need, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		from := int64(allPriorities)
		if after != 0 {
			last, err := needByID(tx, after)
			if err != nil {
				return err
			}
			from = last.Priority
		}
		all, err = needsBy(tx, f, from, after, limit)
		return err
	})
	return all, err
}

// Waiting is a stretch of the needs that wait for a review, the most urgent first, with how many there are.
func (d *Desk) Waiting(ctx context.Context, by who.Asker, part store.Stretch) (n int64, all []Wish, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		n, all, err = proposed(tx, part)
		return err
	})
	return n, all, err
}
