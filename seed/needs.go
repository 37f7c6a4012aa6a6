package seed

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
	criterion string // how the key of its criterion begins or ends; "" is a worn facility
	need      needs.NewNeed
}

// wishes are needs as institutions have them; several of them need the same, so that it can be bought at once.
var wishes = []wish{
	{"", needs.NewNeed{Kind: "facility", Name: "Perbaikan atap wisma", Quantity: 1, Unit: "paket", UnitPrice: 185_000_000, Mandated: true, Note: "Atap bocor sejak musim hujan lalu. (contoh)"}},
	{"-d", needs.NewNeed{Kind: "facility", Name: "Kursi roda", Quantity: 4, Unit: "unit", UnitPrice: 1_850_000, Note: "Untuk wisma dan ruang perawatan. (contoh)"}},
	{"staff-certified", needs.NewNeed{Kind: "staff", Name: "Uji kompetensi Pekerja Sosial", Quantity: 2, Unit: "orang", UnitPrice: 4_500_000, Mandated: true, Note: "Sertifikat habis tahun ini. (contoh)"}},
	{"staff-workload", needs.NewNeed{Kind: "staff", Name: "Tenaga Kesejahteraan Sosial kontrak", Quantity: 12, Unit: "orang-bulan", UnitPrice: 3_600_000, Mandated: true, Note: "Satu orang selama setahun. (contoh)"}},
	{"stage-", needs.NewNeed{Kind: "technology", Name: "Tablet pencatatan layanan", Quantity: 3, Unit: "unit", UnitPrice: 3_200_000, Note: "Satu tiap wisma. (contoh)"}},
	{"stage-aftercare", needs.NewNeed{Kind: "programme", Name: "Perjalanan kunjungan bimbingan lanjut", Quantity: 48, Unit: "kunjungan", UnitPrice: 350_000, Note: "Empat kali setahun untuk setiap bekas penghuni. (contoh)"}},
	{"place-access", needs.NewNeed{Kind: "facility", Name: "Jalan landai dan pegangan", Quantity: 6, Unit: "titik", UnitPrice: 7_500_000, Note: "Lansia terpeleset dua kali. (contoh)"}},
	{"-c", needs.NewNeed{Kind: "facility", Name: "Pegangan kamar mandi", Quantity: 14, Unit: "buah", UnitPrice: 450_000, Note: "Setiap kamar mandi wisma. (contoh)"}},
	{"-b", needs.NewNeed{Kind: "programme", Name: "Paket sandang", Quantity: 40, Unit: "paket", UnitPrice: 275_000, Note: "Dua kali setahun. (contoh)"}},
	{"watch-", needs.NewNeed{Kind: "monitoring", Name: "Pendampingan penyusunan laporan", Quantity: 2, Unit: "kegiatan", UnitPrice: 6_000_000, Note: "Untuk laporan berjenjang. (contoh)"}},
	{"aims-reach", needs.NewNeed{Kind: "publication", Name: "Papan dan selebaran layanan UPT", Quantity: 1, Unit: "paket", UnitPrice: 12_500_000, Note: "Untuk desa dan kelurahan. (contoh)"}},
}

// fits tells whether a suggestion leads to a wish.
func (w wish) fits(s needs.Suggestion) bool {
	if w.criterion == "" {
		return s.Source == "facility"
	}
	return s.Source == "assessment" && (strings.HasPrefix(s.Criterion, w.criterion) || strings.HasSuffix(s.Criterion, w.criterion))
}

// farAlong is how far the wishes came, one after the other.
var farAlong = []string{needs.Approved, needs.Budgeted, needs.Reviewed, needs.Proposed, needs.Delivered, needs.Proposed, needs.Approved}

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
	told := 0
	for _, w := range wishes {
		i := slices.IndexFunc(shown, w.fits)
		if i < 0 || told >= 7 {
			continue
		}
		s := shown[i]
		shown = slices.Delete(shown, i, i+1)
		w.need.Quantity += int64(n % 3)
		if err := wantOne(ctx, d, by, at, s, w.need, farAlong[(told+n)%len(farAlong)], today); err != nil {
			return err
		}
		told++
	}
	return nil
}

func wantOne(ctx context.Context, d *needs.Desk, by who.Asker, at id.ID, s needs.Suggestion, in needs.NewNeed, state string, today clock.Day) error {
	people := max(s.People, 12)
	title := s.Title("id", func(say fail.Saying) string { return text.T(text.ID, say.Text, say.Args...) })
	p, err := d.Report(ctx, by, at, needs.NewProblem{Source: s.Source, Ref: s.Ref, Title: cut(title, 160), Impact: s.Impact, Risk: s.Risk, People: &people})
	if err != nil {
		return err
	}
	in.Year = int64(today.Time().Year())
	if state != needs.Delivered {
		in.Year++
	}
	one, err := d.Propose(ctx, by, p.ID, in)
	if err != nil {
		return err
	}
	for _, to := range toState[state] {
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
	if state == needs.Delivered {
		_, err = d.EndProblem(ctx, by, p.ID, 0, needs.Ending{State: needs.Solved, Why: "Sudah diterima dan diperiksa. (contoh)"})
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
