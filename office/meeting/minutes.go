package meeting

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/actions"
)

var (
	approveMinutes = store.NewAct("meeting.approve", who.HoldMeeting)
	addToMinutes   = store.NewAct("meeting.addendum", who.HoldMeeting)
)

func itoa(n int) string { return strconv.Itoa(n) }

// Compose writes the minutes of a meeting as they stand now: plain text, Indonesian, headings begin with "## ", lines of
// lists with "- ". What is frozen is this text.
func (w Whole) Compose() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("## Notulen %s", w.Name)
	line("Hari: %s, pukul %s sampai %s WIB", text.DayLong(text.ID, w.On), dotted(w.From), dotted(w.To))
	for _, one := range []struct{ name, value string }{{"Tempat", w.Place}, {"Tautan", w.Link}, {"Dipimpin oleh", w.Chair}, {"Notulis", w.NoteTaker}} {
		if one.value != "" {
			line("%s: %s", one.name, one.value)
		}
	}
	line("## Yang hadir")
	for _, v := range w.Invitees {
		if v.Present {
			line("- %s", v.cameAs())
		}
	}
	absent := 0
	for _, v := range w.Invitees {
		if !v.Present {
			if absent++; absent == 1 {
				line("## Diundang dan tidak hadir")
			}
			line("- %s", v.Name)
		}
	}
	for n, i := range w.Agenda() {
		line("## %d. %s", n+1, i.Title)
		if i.Again.ID != 0 {
			line("Keputusan rapat lalu: %s.", standsAs(i.Again, w.On))
		}
		if i.Notes != "" {
			line("%s", strings.TrimSpace(i.Notes))
		}
		for _, a := range i.Decisions {
			line("- Diputuskan: %s. Pelaksana: %s. Paling lambat: %s. Selesai bila: %s.", strings.TrimSuffix(a.Title, "."), ownerOf(a), text.DayLong(text.ID, a.DueOn), strings.TrimSuffix(a.Measure, "."))
		}
	}
	return b.String()
}

func (v Invitee) cameAs() string {
	s := v.Name
	if v.Person != "" {
		s += ": " + v.Person
	}
	if v.Post != "" {
		s += ", " + v.Post
	}
	if v.InsteadOf != "" {
		s += ", mewakili " + v.InsteadOf
	}
	return s
}

func ownerOf(a actions.Action) string {
	if a.OwnerOrg == "" {
		return "Dinas Sosial, " + a.OwnerName
	}
	return a.OwnerOrg + ", " + a.OwnerName
}

// standsAs says how a decision of an earlier meeting stands.
func standsAs(a actions.Action, on clock.Day) string {
	switch {
	case a.State == actions.Done:
		return "selesai"
	case !a.Live:
		return "dihentikan atau diserahkan kepada pelaksana lain"
	case a.DueOn < on:
		return fmt.Sprintf("terlambat, batasnya %s", text.DayLong(text.ID, a.DueOn))
	}
	return fmt.Sprintf("berjalan sampai %s", text.DayLong(text.ID, a.DueOn))
}

// Para is one paragraph of minutes as a page shows it.
type Para struct {
	Kind string // head, line, ""
	Text string
}

// Paras cuts minutes into paragraphs.
func Paras(minutes string) (all []Para) {
	for s := range strings.SplitSeq(minutes, "\n") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		switch {
		case strings.HasPrefix(s, "## "):
			all = append(all, Para{"head", s[3:]})
		case strings.HasPrefix(s, "- "):
			all = append(all, Para{"line", s[2:]})
		default:
			all = append(all, Para{"", s})
		}
	}
	return all
}

// mayApprove holds that the meeting has been, and that it is known who came.
func mayApprove(w Whole, today clock.Day) error {
	var g fail.Gate
	g.Need(w.On <= today, "meeting-not-held", "Rapat ini belum berlangsung.")
	g.Need(len(w.Present()) > 0, "meeting-attendance", "Catat dahulu siapa yang hadir.")
	g.Need(len(w.Agenda()) > 0, "meeting-agenda", "Belum ada pokok bahasan yang diterima.")
	if len(g.Missing()) > 0 {
		return &fail.Rule{Name: "meeting-incomplete", Say: fail.Say("Notulen belum bisa disahkan."), Missing: g.Missing()}
	}
	return nil
}

// Approve freezes the minutes: the text and its SHA-256 are kept, and nothing of the meeting changes any more.
func (d *Desk) Approve(ctx context.Context, by who.Asker, meeting id.ID, version int64) (Meeting, error) {
	return d.change(ctx, by, approveMinutes, meeting, version, func(tx *store.Tx, m *Meeting) error {
		w, err := whole(tx, meeting)
		if err != nil {
			return err
		}
		if err := mayApprove(w, tx.Today()); err != nil {
			return err
		}
		m.State, m.Minutes, m.ApprovedAt, m.ApprovedBy = Approved, w.Compose(), tx.Now(), by.Name
		m.SHA256 = upload.Sum([]byte(m.Minutes))
		tx.Record(entry(*m, fail.Say("Notulen rakor %s disahkan.", m.Name), map[string]any{"sha256": m.SHA256}))
		return keepMeeting(tx, m)
	})
}

// NewAddendum is what is added to approved minutes.
type NewAddendum struct {
	Text string `json:"text" required:"true" maxLength:"2000" ask:"Tulis tambahannya."`
}

// Add adds to approved minutes; they themselves stay as they are.
func (d *Desk) Add(ctx context.Context, by who.Asker, meeting id.ID, in NewAddendum) (m Meeting, err error) {
	err = d.store.Write(ctx, by, addToMinutes, func(tx *store.Tx) error {
		if m, err = byID(tx, meeting); err != nil {
			return err
		}
		if m.State != Approved {
			return fail.Broken("meeting-not-approved", "Notulen ini belum disahkan. Tulis langsung pada pokok bahasannya.")
		}
		tx.Record(entry(m, fail.Say("Tambahan notulen rakor %s ditulis.", m.Name), in))
		return insertAddendum(tx, m.ID, Addendum{ID: id.New(), Text: in.Text, SHA256: upload.Sum([]byte(in.Text)), By: by.Name})
	})
	return m, err
}

// Text is the minutes: as they were frozen, or as they stand now.
func (w Whole) Text() string {
	if w.State == Approved {
		return w.Minutes
	}
	return w.Compose()
}
