package casework

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/residence"
)

// Moment is one thing that happened in a case, as people tell it.
type Moment struct {
	On   clock.Day
	Kind string // one of MomentKinds
	Say  fail.Saying
	By   string
	Path string // where to read more; "" is nowhere
}

// MomentKinds are the kinds in the order of the filter. This desk tells of the kinds that every case has; what happens
// on few cases only (RareKinds) is told by the desks above, and laid together on the page of the case.
var (
	MomentKinds = append([]string{"stage", "assessment", "plan", "service", "note", "conference", "stay", "visit", "paper"}, RareKinds...)
	RareKinds   = []string{"leave", "transfer", "review", "death", "opening"}
)

// Icon is the picture beside the moment.
func (m Moment) Icon() string {
	return map[string]string{"stage": "stairs-up", "assessment": "clipboard-check", "plan": "file-text", "service": "heart-handshake",
		"note": "pencil", "conference": "users", "stay": "bed", "visit": "door-enter", "paper": "file-text",
		"leave": "home-2", "transfer": "arrows-exchange", "review": "calendar-due", "death": "clipboard-heart", "opening": "shield-lock"}[m.Kind]
}

// History is what happened in a case, the newest first. It tells of facts by the day they happened; who
// wrote what down when is the record's matter.
type History []Moment

// Of narrows a history to one kind; "" is all.
func (h History) Of(kind string) History {
	if kind == "" {
		return h
	}
	return slices.DeleteFunc(slices.Clone(h), func(m Moment) bool { return m.Kind != kind })
}

// WithHistory reads the file of a case with its history, for the page of the case; with log, the newest
// lines of the record come too.
func (d *Desk) WithHistory(ctx context.Context, by who.Asker, caseID id.ID, log bool) (f File, h History, trail []store.Event, err error) {
	err = d.store.Read(ctx, by, lookCase, func(tx *store.Tx) error {
		if f, err = FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		if f.Papers, err = papersCounted(tx, caseID); err != nil {
			return err
		}
		if log {
			trail, err = store.CaseTrail(tx, caseID, 0, 50)
			return err
		}
		services, err := servicesOf(tx, caseID, 0, 50)
		if err != nil {
			return err
		}
		papers, err := papersOf(tx, caseID)
		h = f.history(services, papers, by)
		return err
	})
	return f, h, trail, err
}

func (f File) history(services []Service, papers []paper, by who.Asker) History {
	var h History
	add := func(on clock.Day, kind, by, path string, say fail.Saying) {
		if on != "" {
			h = append(h, Moment{on, kind, say, by, path})
		}
	}
	f.stageMoments(add)
	f.paperMoments(add)
	for _, a := range f.Assessments {
		if form, ok := law.InstrumentOf(a.Instrument, a.InstrumentVersion); ok {
			add(a.SignedOn, "assessment", a.SignerName, f.Path()+"/assessments/"+a.ID.String(), fail.Say("%s ditandatangani.", lawWord(form.Name)))
		}
	}
	for _, v := range services {
		if item, ok := law.ItemOf(v.Item); ok {
			add(v.On, "service", v.By, f.Path()+"/services", fail.Say("Layanan diberikan: %s", lawWord(item.Name)))
		}
	}
	f.notedMoments(add, papers, by)
	for _, s := range f.Stays {
		if s.State == residence.Open || s.State == residence.Ended {
			add(s.From, "stay", "", "", fail.Say("Menempati %s, %s.", s.BedLabel, s.Room))
		}
		if s.State == residence.Ended {
			add(s.To, "stay", "", "", fail.Say("Meninggalkan %s, %s.", s.BedLabel, s.Room))
		}
	}
	for _, k := range f.Contacts {
		if say, ok := visitSays[k.State]; ok && k.On != "" {
			add(k.On, "visit", k.By, "/contacts/"+k.ID.String(), say)
		}
	}
	return h.With()
}

// With lays more moments into a history: the newest first, and of one day in the order in which they came.
func (h History) With(more ...Moment) History {
	all := append(slices.Clone(h), more...)
	slices.SortStableFunc(all, func(a, b Moment) int { return cmp.Compare(b.On, a.On) })
	return all
}

var visitSays = map[string]fail.Saying{
	ContactIndependent: fail.Say("Dikunjungi: masih mandiri."),
	ContactDependent:   fail.Say("Dikunjungi: belum mandiri."),
	ContactUnreached:   fail.Say("Dikunjungi: tidak bertemu."),
}

func (f File) stageMoments(add func(on clock.Day, kind, by, path string, say fail.Saying)) {
	for i := len(f.Stages) - 1; i >= 0; i-- { // the later stage of one day stands first
		e := f.Stages[i]
		say := enterSays[e.Stage]
		if e.Waiver != "" {
			say = fail.Saying{Text: waiveSays[e.Stage].Text, Args: []any{e.Waiver}}
		}
		add(e.On, "stage", e.By, f.Path()+"/stages", say)
	}
	if f.Ended != nil {
		if reason, ok := law.Find(law.Standard.On(f.Ended.On).ExitReasons, f.Ended.Reason); ok {
			add(f.Ended.On, "stage", f.Ended.By, "", fail.Say("Selesai dari panti: %s", lawWord(reason.Name)))
		}
	}
}

func (f File) paperMoments(add func(on clock.Day, kind, by, path string, say fail.Saying)) {
	if f.DecisionNo != "" {
		add(f.DecisionOn, "paper", "", "", fail.Say("Keputusan penerimaan %s.", f.DecisionNo))
	}
	for _, c := range f.Criteria {
		if c.WaivedOn != "" {
			add(c.WaivedOn, "paper", c.WaivedBy, f.Path()+"/criteria", fail.Say("Pengecualian %s: %s", c.Article, c.Waiver))
		}
	}
	for _, c := range f.Consents {
		if c.Purpose == "service" {
			add(c.GivenOn, "paper", "", "/persons/"+f.Person.String()+"/consents", fail.Say("Persetujuan pelayanan dicatat."))
		}
	}
	for _, p := range f.Versions {
		path := f.Path() + "/plans/" + p.ID.String()
		add(p.ApprovedOn, "plan", p.Approver, path, fail.Say("Rencana v%d disahkan.", p.Number))
		add(p.SubmittedOn, "plan", p.Maker, path, fail.Say("Rencana v%d diajukan.", p.Number))
	}
}

// notedMoments tells of notes, conferences and attachments; never what a note says.
func (f File) notedMoments(add func(on clock.Day, kind, by, path string, say fail.Saying), papers []paper, by who.Asker) {
	for _, p := range papers {
		switch p.what {
		case "note":
			say := fail.Say("Catatan: %s", noteWords[p.kind])
			if !mayReadNote(Note{Confidential: p.hidden, Writer: p.writer}, f.Worker, by) {
				say = fail.Say("Catatan perkembangan, dirahasiakan.")
			}
			add(p.on, "note", p.by, f.Path()+"/notes", say)
		case "conference":
			add(p.on, "conference", p.by, "/conferences/"+p.id.String(), fail.Say("Kasus dibahas bersama."))
		case "attachment":
			add(p.on, "paper", p.by, f.Path()+"/attachments", fail.Say("Lampiran ditambahkan: %s", attachmentWords[p.kind]))
		}
	}
}

// Tabs are the parts of a case, the one at path being open.
func (f File) Tabs(path string) []page.Tab {
	all := []page.Tab{{Path: f.Path(), Name: "Ringkasan"}, {Path: f.Path() + "/criteria", Name: "Syarat"}, {Path: f.Path() + "/assessments", Name: "Asesmen|bagian"},
		{Path: f.Path() + "/plans", Name: "Rencana"}, {Path: f.Path() + "/services", Name: "Layanan"}, {Path: f.Path() + "/notes", Name: "Catatan|bagian"},
		{Path: f.Path() + "/conferences", Name: "Pembahasan|bagian"}, {Path: f.Path() + "/attachments", Name: "Lampiran|bagian"}, {Path: f.Path() + "/independence", Name: "Kemandirian"}}
	if len(f.Contacts) > 0 {
		all = append(all, page.Tab{Path: f.Path() + "/contacts", Name: "Kunjungan|bagian"})
	}
	return page.Open(append(all, page.Tab{Path: f.Path() + "/stages", Name: "Tahap|bagian"}), path)
}
