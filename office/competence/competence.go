package competence

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/standards"
)

// Desk is the desk of competence.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }

var (
	look    = store.NewAct("competence.look", who.SeeCentre)
	setPlan = store.NewAct("competence.plan", who.DevelopStaff)
)

// soonDays is how long before its last day a certificate counts as ending: our design, time enough for a training.
const soonDays = 90

// Planned are the kinds of staff that an institution plans: those of Permensos 16/2019 Pasal 42.
var Planned = []string{"pekerja_sosial", "tks", "relawan", "penyuluh"}

// Plan is how many an institution wants of each kind, and how many open cases one Pekerja Sosial may carry there. The law
// sets no number (Pasal 43 ayat (1): by workload); these are the office's own.
type Plan struct {
	Centre    id.ID
	Version   int64 // 0: nothing was planned yet
	Wanted    map[string]int64
	MostCases *int64
	Note      string
	SetOn     clock.Day
	By        string
}

// Posts is how many of a kind are wanted, as a form shows it; nil when that was not planned.
func (p Plan) Posts(kind string) *int64 {
	if n, ok := p.Wanted[kind]; ok {
		return &n
	}
	return nil
}

// Most is how many open cases one Pekerja Sosial may carry, where that was said.
func (p Plan) Most() int64 { return *p.MostCases }

// SetPlan is a plan as it is written down.
type SetPlan struct {
	PekerjaSosial *int64 `json:"pekerja_sosial,omitempty" minimum:"0" maximum:"1000"`
	TKS           *int64 `json:"tks,omitempty" minimum:"0" maximum:"1000"`
	Relawan       *int64 `json:"relawan,omitempty" minimum:"0" maximum:"1000"`
	Penyuluh      *int64 `json:"penyuluh,omitempty" minimum:"0" maximum:"1000"`
	MostCases     *int64 `json:"most_cases,omitempty" minimum:"1" maximum:"1000"`
	Note          string `json:"note,omitempty" maxLength:"500"`
}

// Count is how many of a kind there are, and how it stands with their certificates.
type Count struct{ Have, Certified, Expired, Ending int64 }

func (c *Count) add(more Count) {
	c.Have, c.Certified, c.Expired, c.Ending = c.Have+more.Have, c.Certified+more.Certified, c.Expired+more.Expired, c.Ending+more.Ending
}

// The kinds of gaps.
const (
	Missing     = "missing"
	Uncertified = "uncertified"
	Expired     = "expired"
	Ending      = "ending"
	Overload    = "overload"
)

// The criteria of Permensos 16/2019 (law/standards/snrs) that speak of staff.
const (
	criterionBoth      = "staff-both"
	criterionLoad      = "staff-workload"
	criterionCertified = "staff-certified"
	criterionVolunteer = "staff-volunteers"
)

// Criteria are those that a training may move.
var Criteria = []string{criterionCertified, criterionBoth, criterionLoad, criterionVolunteer}

// Gap is what is missing: N, of Of where that is said. Criterion names the criterion that waits for it; "" for none.
type Gap struct {
	Kind      string
	Of        string // the kind of staff, "" for all
	N         int64
	Say       fail.Saying
	Criterion string
}

// criterionOf is the criterion that asks for a kind of staff.
func criterionOf(kind string) string {
	switch kind {
	case "pekerja_sosial", "tks":
		return criterionBoth
	case "relawan":
		return criterionVolunteer
	}
	return ""
}

// Standing is an institution with its posts, certificates and workload.
type Standing struct {
	Centre centre.Centre
	Plan   Plan
	ByKind map[string]Count
	Load   standards.Load
}

// Sum adds up the kinds of Pasal 42.
func (s Standing) Sum() (sum Count) {
	for _, k := range Planned {
		sum.add(s.ByKind[k])
	}
	return sum
}

// Wanted is how many posts are planned in all; 0 as well when nothing was planned.
func (s Standing) Wanted() (n int64) {
	for _, k := range Planned {
		n += s.Plan.Wanted[k]
	}
	return n
}

// Filled is how many of the planned posts are filled: one more than planned fills nothing else.
func (s Standing) Filled() (n int64) {
	for k, wanted := range s.Plan.Wanted {
		n += min(wanted, s.ByKind[k].Have)
	}
	return n
}

// Each is how many open cases one Pekerja Sosial carries, rounded up; 0 when there is none.
func (s Standing) Each() int64 {
	if s.Load.Workers == 0 {
		return 0
	}
	return (s.Load.Cases + s.Load.Workers - 1) / s.Load.Workers
}

var kindWords = map[string]text.Word{"pekerja_sosial": "Pekerja Sosial", "tks": "Tenaga Kesejahteraan Sosial", "relawan": "Relawan Sosial", "penyuluh": "Penyuluh Sosial", "": "Semua petugas"}

// Gaps says what an institution lacks. Without a plan only the law speaks: every panti has Pekerja Sosial and TKS
// (Pasal 43 ayat (1)). Who holds no valid certificate is a gap (Pasal 43 ayat (2)); one that ends soon is named before.
func (s Standing) Gaps() (all []Gap) {
	for _, k := range Planned {
		have := s.ByKind[k].Have
		wanted, planned := s.Plan.Wanted[k]
		switch {
		case planned && wanted > have:
			all = append(all, Gap{Missing, k, wanted - have, fail.Say("%s: %d dari %d pos terisi.", kindWords[k], have, wanted), criterionOf(k)})
		case !planned && have == 0 && s.Centre.ClientService && criterionOf(k) == criterionBoth:
			all = append(all, Gap{Missing, k, 1, fail.Say("Tidak ada %s, padahal setiap panti wajib punya (Permensos 16/2019 Pasal 43 ayat (1)).", kindWords[k]), criterionBoth})
		}
	}
	sum := s.Sum()
	for _, g := range []Gap{
		{Uncertified, "", sum.Have - sum.Certified - sum.Expired, fail.Say("%d petugas belum punya sertifikat.", sum.Have-sum.Certified-sum.Expired), criterionCertified},
		{Expired, "", sum.Expired, fail.Say("%d sertifikat sudah habis masa berlakunya.", sum.Expired), criterionCertified},
		{Ending, "", sum.Ending, fail.Say("%d sertifikat habis dalam %d hari.", sum.Ending, soonDays), criterionCertified},
	} {
		if g.N > 0 {
			all = append(all, g)
		}
	}
	if most := s.Plan.MostCases; most != nil && s.Load.Cases > *most*s.Load.Workers {
		all = append(all, Gap{Overload, "pekerja_sosial", s.Load.Cases - *most*s.Load.Workers,
			fail.Say("%d kasus berjalan untuk %d Pekerja Sosial; batas di UPT ini %d kasus per orang.", s.Load.Cases, s.Load.Workers, *most), criterionLoad})
	}
	return all
}

// StateOf says how it stands with the certificate of a post on a day: "", Uncertified, Expired or Ending.
func StateOf(s centre.Staff, on clock.Day) string {
	switch {
	case s.Certified(on) && s.CertificateUntil != "" && s.CertificateUntil <= on.Add(soonDays):
		return Ending
	case s.Certified(on) || s.Kind == "other":
		return ""
	case s.CertificateNo != "":
		return Expired
	}
	return Uncertified
}

// File is an institution with its people, and the trainings to which it sends them.
type File struct {
	Standing
	Staff []centre.Staff
	Sent  []Sent // the newest first
	Open  []Training
}

// Sent is a participant with the training, and what the criterion of it was before and is after.
type Sent struct {
	Participant
	Training Training
	Change   Change
}

// Of gives an institution of the asker's scope.
func (d *Desk) Of(ctx context.Context, by who.Asker, at id.ID) (f File, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if f.Centre, err = centre.Own(tx, at); err != nil {
			return err
		}
		if f.Plan, err = planAt(tx, at); err != nil {
			return err
		}
		if f.Staff, err = centre.StaffAt(tx, at); err != nil {
			return err
		}
		f.ByKind = countStaff(f.Staff, tx.Today())
		if f.Load, err = standards.WorkloadOf(tx, at); err != nil {
			return err
		}
		if f.Sent, err = sentFrom(tx, at); err != nil {
			return err
		}
		f.Open, err = trainingsOf(tx, Open, 0, 60)
		return err
	})
	return f, err
}

// countStaff counts posts by kind.
func countStaff(all []centre.Staff, today clock.Day) map[string]Count {
	by := map[string]Count{}
	for _, s := range all {
		c := by[s.Kind]
		c.Have++
		switch StateOf(s, today) {
		case Expired:
			c.Expired++
		case Ending:
			c.Ending++
			c.Certified++
		case "":
			if s.CertificateNo != "" {
				c.Certified++
			}
		}
		by[s.Kind] = c
	}
	return by
}

// Plan sets how many an institution wants of each kind.
func (d *Desk) Plan(ctx context.Context, by who.Asker, at id.ID, version int64, in SetPlan) (p Plan, err error) {
	err = d.store.Write(ctx, by, setPlan, func(tx *store.Tx) error {
		if _, err := centre.Own(tx, at); err != nil {
			return err
		}
		if p, err = planAt(tx, at); err != nil {
			return err
		}
		if version > 0 && version != p.Version {
			return fail.Stale
		}
		p.Wanted = map[string]int64{}
		for k, n := range map[string]*int64{"pekerja_sosial": in.PekerjaSosial, "tks": in.TKS, "relawan": in.Relawan, "penyuluh": in.Penyuluh} {
			if n != nil {
				p.Wanted[k] = *n
			}
		}
		p.MostCases, p.Note, p.SetOn, p.By = in.MostCases, in.Note, tx.Today(), by.Name
		tx.Record(store.Entry{Kind: "staffing", Centre: at, Say: fail.Say("Kebutuhan petugas ditetapkan."), What: in})
		return keepPlan(tx, &p)
	})
	return p, err
}

// Province lists the institutions of the asker's scope that serve people, in the order in which they were entered, with
// their posts, certificates and workload.
func (d *Desk) Province(ctx context.Context, by who.Asker, after id.ID, limit int64) (all []Standing, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		every, err := centre.All(tx)
		if err != nil {
			return err
		}
		all = nil
		slices.SortFunc(every, func(a, b centre.Centre) int { return cmp.Compare(a.ID, b.ID) })
		for _, c := range every {
			if c.ID > after && c.ClientService && (by.System || by.Scope.Has(c.ID)) && int64(len(all)) < limit {
				all = append(all, Standing{Centre: c, Plan: Plan{Centre: c.ID}, ByKind: map[string]Count{}})
			}
		}
		if len(all) == 0 {
			return nil
		}
		return standingsOf(tx, all)
	})
	return all, err
}

// standingsOf fills in what is known of institutions that lie side by side.
func standingsOf(tx *store.Tx, all []Standing) error {
	at := map[id.ID]*Standing{}
	for i := range all {
		at[all[i].Centre.ID] = &all[i]
	}
	first, last := all[0].Centre.ID, all[len(all)-1].Centre.ID
	plans, err := plansBetween(tx, first, last)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if s := at[p.Centre]; s != nil {
			s.Plan = p
		}
	}
	if err := staffBetween(tx, first, last, at); err != nil {
		return err
	}
	open, err := store.Stock(tx, "case.stage", tx.Today(), 0)
	for _, f := range open {
		if s := at[f.Centre]; s != nil {
			s.Load.Cases += f.N
		}
	}
	for _, s := range at {
		s.Load.Workers, s.Load.TKS = s.ByKind["pekerja_sosial"].Have, s.ByKind["tks"].Have
	}
	return err
}

// Certificates lists the posts whose certificate has ended or ends within the coming days, the most urgent first.
func (d *Desk) Certificates(ctx context.Context, by who.Asker, after id.ID, limit int64) (all []Post, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		all, err = endingPosts(tx, tx.Today().Add(soonDays), after, limit)
		return err
	})
	return all, err
}

// Post is a post with the name of its institution.
type Post struct {
	centre.Staff
	At string
}
