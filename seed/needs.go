package seed

import (
	"context"
	"fmt"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/needs"
)

// wish is an invented need: what a suggestion leads to.
type wish struct {
	source string
	need   needs.NewNeed
	state  string // how far it came
}

// wishes are needs as institutions have them; several of them need the same, so that it can be bought at once.
func wishes(n int, year int64) []wish {
	return []wish{
		{"facility", needs.NewNeed{Kind: "facility", Name: "Perbaikan atap wisma", Quantity: 1, Unit: "paket", UnitPrice: 185_000_000, Mandated: true, Note: "Atap bocor sejak musim hujan lalu. (contoh)"}, needs.Approved},
		{"assessment", needs.NewNeed{Kind: "facility", Name: "Kursi roda", Quantity: int64(3 + n%4), Unit: "unit", UnitPrice: 1_850_000, Note: "Untuk wisma lansia dan ruang perawatan. (contoh)"}, needs.Budgeted},
		{"assessment", needs.NewNeed{Kind: "staff", Name: "Uji kompetensi Pekerja Sosial", Quantity: int64(1 + n%3), Unit: "orang", UnitPrice: 4_500_000, Mandated: true, Note: "Sertifikat habis tahun ini. (contoh)"}, needs.Reviewed},
		{"assessment", needs.NewNeed{Kind: "technology", Name: "Tablet pencatatan layanan", Quantity: int64(2 + n%3), Unit: "unit", UnitPrice: 3_200_000, Note: "Satu tiap wisma. (contoh)"}, needs.Proposed},
		{"assessment", needs.NewNeed{Kind: "programme", Name: "Bimbingan keterampilan mebel", Quantity: 12, Unit: "bulan", UnitPrice: 7_500_000, Mandated: n%2 == 0, Note: "Instruktur dan bahan. (contoh)"}, needs.Proposed},
		{"assessment", needs.NewNeed{Kind: "facility", Name: "Pegangan kamar mandi", Quantity: int64(8 + n%6), Unit: "buah", UnitPrice: 450_000, Note: "Lansia terpeleset dua kali. (contoh)"}, needs.Delivered},
	}
}

// toState are the steps on the way to each state.
var toState = map[string][]string{
	needs.Reviewed: {needs.Reviewed}, needs.Approved: {needs.Reviewed, needs.Approved}, needs.Budgeted: {needs.Reviewed, needs.Approved, needs.Budgeted},
	needs.Delivered: {needs.Reviewed, needs.Approved, needs.Budgeted, needs.Ordered, needs.Delivered},
}

// Want writes down invented problems and needs at the centres that show some on record: what the data suggests first.
func Want(ctx context.Context, d *needs.Desk, by who.Asker, all []centre.Centre, today clock.Day) error {
	for n, c := range all {
		if !c.ClientService {
			continue
		}
		if err := want(ctx, d, by, c.ID, n, today); err != nil {
			return fmt.Errorf("needs of %s: %w", c.Name, err)
		}
	}
	return nil
}

func want(ctx context.Context, d *needs.Desk, by who.Asker, at id.ID, n int, today clock.Day) error {
	shown, _, err := d.Suggest(ctx, by, at)
	if err != nil {
		return err
	}
	for _, w := range wishes(n, int64(today.Time().Year())) {
		i := slices.IndexFunc(shown, func(s needs.Suggestion) bool { return s.Source == w.source })
		if i < 0 {
			continue
		}
		s := shown[i]
		shown = slices.Delete(shown, i, i+1)
		if err := wantOne(ctx, d, by, at, s, w, today); err != nil {
			return err
		}
	}
	return nil
}

func wantOne(ctx context.Context, d *needs.Desk, by who.Asker, at id.ID, s needs.Suggestion, w wish, today clock.Day) error {
	people := max(s.People, 12)
	title := s.Title("id", func(say fail.Saying) string { return text.T(text.ID, say.Text, say.Args...) })
	p, err := d.Report(ctx, by, at, needs.NewProblem{Source: s.Source, Ref: s.Ref, Title: cut(title, 160), Impact: s.Impact, Risk: s.Risk, People: &people})
	if err != nil {
		return err
	}
	w.need.Year = int64(today.Time().Year())
	if w.state != needs.Delivered {
		w.need.Year++
	}
	one, err := d.Propose(ctx, by, p.ID, w.need)
	if err != nil {
		return err
	}
	for _, to := range toState[w.state] {
		m := needs.Move{To: to}
		switch to {
		case needs.Budgeted:
			m.Fund = "apbd"
		case needs.Delivered:
			m.On = today
		}
		if _, err = d.MoveNeed(ctx, by, one.ID, 0, m); err != nil {
			return err
		}
	}
	if w.state == needs.Delivered {
		_, err = d.EndProblem(ctx, by, p.ID, 0, needs.Ending{State: needs.Solved, Why: "Sudah dipasang dan diperiksa. (contoh)"})
	}
	return err
}

// cut shortens a text to so many letters.
func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
