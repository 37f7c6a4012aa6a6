package seed

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/coordination"
)

// offer is what an agency of the sample does: kind of service, its name, and free places (-1: not known).
type offer struct {
	category, name string
	free           int64
}

// partners are the agencies of the sample. Those named in public items about the office keep their names; addresses,
// services and numbers are invented.
var partners = []struct {
	kind, name, box string
	offers          []offer
}{
	{"opd", "Dinas Tenaga Kerja dan Transmigrasi", "naker", []offer{{"training", "Pelatihan memperbaiki AC", 12}, {"training", "Pelatihan las", 6}}},
	{"opd", "Dinas Koperasi dan UKM", "koperasi", []offer{{"enterprise", "Pendampingan usaha kecil", -1}}},
	{"opd", "Dinas Pemberdayaan Masyarakat dan Desa", "dpmd", []offer{{"enterprise", "Usaha milik desa", -1}, {"family", "Pendampingan keluarga oleh desa", -1}}},
	{"opd", "DP3AK", "dp3ak", []offer{{"protection", "Pendampingan perempuan dan anak", -1}}},
	{"opd", "Satuan Polisi Pamong Praja", "satpolpp", []offer{{"protection", "Penjangkauan di jalan", -1}}},
	{"opd", "Dinas Kesehatan", "dinkes", []offer{{"health", "Pemeriksaan mata dan kacamata", 20}, {"health", "Pemeriksaan gigi", 0}}},
	{"opd", "RSJ Menur", "menur", []offer{{"mental_health", "Rawat jalan kesehatan jiwa", 4}}},
	{"opd", "Dinas PU Bina Marga", "binamarga", []offer{{"housing", "Perbaikan jalan masuk rumah", -1}}},
	{"opd", "Dinas Kependudukan dan Pencatatan Sipil", "dukcapil", []offer{{"identity", "Perekaman dan penerbitan KTP-el", -1}}},
	{"opd", "Dinas Pendidikan", "pendidikan", []offer{{"education", "Kejar paket", 30}}},
	{"opd", "Dinas Perindustrian dan Perdagangan", "indag", []offer{{"enterprise", "Pemasaran hasil kerajinan", -1}}},
	{"opd", "Dinas Pertanian", "pertanian", []offer{{"training", "Berkebun sayur", 0}}},
	{"opd", "Dinas Perumahan dan Permukiman", "perkim", []offer{{"housing", "Rumah layak huni", 2}}},
	{"opd", "Dinas Kelautan dan Perikanan", "perikanan", []offer{{"training", "Budidaya ikan", 5}}},
	{"opd", "BPBD", "bpbd", []offer{{"aid", "Bantuan darurat", -1}}},
	{"lks", "Panti Wreda Harapan", "harapan", []offer{{"shelter", "Pengasuhan lansia", 3}}},
	{"partner", "Universitas Tapal Kuda", "kampus", []offer{{"training", "Kelas keterampilan", 15}}},
	{"central", "Balai Rehabilitasi Sosial Pusat", "balai", []offer{{"shelter", "Rehabilitasi lanjut", 8}}},
	{"other_province", "Panti Provinsi Tetangga", "tetangga", []offer{{"shelter", "Pengasuhan", -1}}},
}

// referring plays the referrals of the sample.
type referring struct {
	Stage
	ctx      context.Context
	today    clock.Day
	office   who.Asker
	services map[string]id.ID // by the agency's box and the number of its offer
	minutes  int
}

// Refer fills the directory and plays some forty referrals through every state. All of them are invented.
func Refer(ctx context.Context, s Stage, office who.Asker, today clock.Day) error {
	defer s.Calendar.Release()
	p := &referring{Stage: s, ctx: ctx, today: today, office: office, services: map[string]id.ID{}}
	if err := p.directory(); err != nil {
		return fmt.Errorf("fill the directory: %w", err)
	}
	for _, one := range []struct {
		by     who.Asker
		centre id.ID
		n      int
		kind   string
	}{{s.Worker, s.Centre, 26, "from"}, {s.Other.Worker, s.Other.Centre, 10, "to"}, {s.Family.Worker, s.Family.Centre, 6, "from"}} {
		if err := p.refer(one.by, one.centre, one.n); err != nil {
			return fmt.Errorf("play referrals: %w", err)
		}
	}
	return nil
}

func (p *referring) hold(ago int) {
	p.minutes += 3
	p.Calendar.hold(p.today.Add(-ago), p.minutes%500)
}

func (p *referring) directory() error {
	p.hold(150)
	for i, one := range partners {
		if i == 12 { // some entries were not looked at for long
			p.Calendar.hold(p.today.Add(-400), 0)
		} else if i == 14 {
			p.hold(60)
		}
		a, err := p.Partners.AddAgency(p.ctx, p.office, coordination.NewAgency{Kind: one.kind, Name: one.name + " (contoh)", Email: one.box + "@jatim.example", Phone: "031-000-0000", Contact: "Petugas rujukan (contoh)",
			Note: "Alamat dan layanan rekaan (contoh)."})
		if err != nil {
			return err
		}
		for n, o := range one.offers {
			if err := p.offer(a.ID, fmt.Sprint(one.box, n), o); err != nil {
				return err
			}
		}
	}
	p.hold(60)
	for box, at := range map[string]id.ID{"upt": p.Centre, "upt-lain": p.Other.Centre} {
		a, err := p.Partners.AddAgency(p.ctx, p.office, coordination.NewAgency{Kind: "upt", Name: map[string]string{"upt": "PSTW Jember (contoh)", "upt-lain": "PSTW Blitar (contoh)"}[box], Centre: at})
		if err != nil {
			return err
		}
		if err := p.offer(a.ID, box+"0", offer{"shelter", "Pelayanan lansia di panti", 4}); err != nil {
			return err
		}
	}
	return nil
}

func (p *referring) offer(agency id.ID, key string, o offer) error {
	in := coordination.NewAgencyService{Category: o.category, Name: o.name, Place: "Kantor layanan (contoh)"}
	if o.free >= 0 {
		in.Capacity = &o.free
	}
	s, err := p.Partners.AddService(p.ctx, p.office, agency, in)
	p.services[key] = s.ID
	return err
}

// paths are how referrals go: days ago when it was sent, to whom, what is needed, and the deeds after it.
var paths = []struct {
	ago            int
	to, need, path string
}{
	{40, "naker0", "Pelatihan memperbaiki AC", "accept start met"}, {35, "dinkes0", "Kacamata baca", "accept start met"}, {33, "dukcapil0", "Perekaman KTP-el", "accept met"}, {30, "menur0", "Pemeriksaan karena sulit tidur", "accept start partly"},
	{28, "koperasi0", "Modal warung kecil", "refuse:no_budget"}, {25, "perkim0", "Rumah layak setelah pulang", "refuse:full"}, {21, "upt-lain0", "Lebih dekat dengan anaknya", "accept"}, {18, "dpmd1", "Keluarga didampingi perangkat desa", "accept start"},
	{12, "naker1", "Pelatihan las", "ask"}, {11, "pendidikan0", "Kejar paket A", "accept start not_met"}, {10, "dinkes0", "Pemeriksaan mata", ""}, {9, "indag0", "Menjual hasil anyaman", "accept"},
	{6, "kampus0", "Kelas menjahit", "withdraw"}, {5, "perikanan0", "Budidaya lele", "link"}, {3, "harapan0", "Tempat tinggal tetap", "ask inform"}, {2, "dp3ak0", "Pendampingan setelah kekerasan", "link accept"},
	{1, "dukcapil0", "Akta kelahiran", ""}, {1, "bpbd0", "Bantuan darurat", ""}, {0, "menur0", "Rawat jalan", "prepared"}, {16, "satpolpp0", "Penjangkauan kawan serumah", "refuse:outside_area reroute"},
	{45, "naker0", "Pelatihan memperbaiki kulkas", "accept start left"}, {50, "dinkes0", "Alat bantu dengar", "accept start met"}, {14, "dpmd0", "Usaha di desa", "accept start"}, {4, "binamarga0", "Jalan masuk rumah", ""}, {8, "koperasi0", "Pendampingan usaha", "accept"}, {2, "naker1", "Las dasar", ""},
}

func (p *referring) refer(by who.Asker, centre id.ID, n int) error {
	p.Calendar.Release()
	yes := true
	lines, _, err := p.Cases.List(p.ctx, by, casework.Filter{Centre: centre, Open: &yes, Limit: 120})
	if err != nil {
		return err
	}
	for _, l := range lines {
		if n == 0 {
			break
		}
		if strings.Contains(l.Called, "Darmo") || l.OpenedOn > p.today.Add(-90) || l.Stage == casework.Approach || l.Stage == casework.Assessing || l.Stage == casework.Terminated {
			continue
		}
		i := (26 - n) % len(paths)
		to := paths[i].to
		if centre == p.Other.Centre && n%3 == 0 || to == "upt-lain0" && centre != p.Centre {
			to = "upt0" // some of these come to the centre of the stories
		}
		switch err := p.play(by, l, i, to); {
		case errors.As(err, new(*fail.Rule)): // not everybody can be referred
		case err != nil:
			return fmt.Errorf("%s, %s: %w", to, paths[i].path, err)
		default:
			n--
		}
	}
	return nil
}

func (p *referring) play(by who.Asker, l casework.Line, i int, to string) error {
	one := paths[i]
	p.hold(one.ago)
	r, err := p.Partners.Prepare(p.ctx, by, l.ID, coordination.NewReferral{Service: p.services[to], Need: one.need, Basis: "public_task", BasisNote: "Pelayanan menurut rencana intervensi (contoh)"})
	if err != nil || one.path == "prepared" {
		return err
	}
	if r, err = p.Partners.Send(p.ctx, by, r.ID, 0, ""); err != nil {
		return err
	}
	if to == "upt0" { // its head answers, on the page of his centre
		return nil
	}
	if to == "upt-lain0" {
		p.hold(one.ago - 3)
		_, err := p.Partners.Answer(p.ctx, p.Other.Head, r.ID, 0, coordination.Reply{Answer: "accept"})
		return err
	}
	for n, deed := range strings.Fields(one.path) {
		p.hold(max(0, one.ago-1-3*n))
		if err := p.deed(by, r, deed); err != nil {
			return fmt.Errorf("%s: %w", deed, err)
		}
	}
	return nil
}

func (p *referring) deed(by who.Asker, r coordination.Referral, deed string) (err error) {
	word, reason, _ := strings.Cut(deed, ":")
	today := clock.DayOf(p.Calendar.Now())
	switch word {
	case "accept":
		_, err = p.Partners.Answer(p.ctx, by, r.ID, 0, coordination.Reply{Answer: "accept"})
	case "ask":
		_, err = p.Partners.Answer(p.ctx, by, r.ID, 0, coordination.Reply{Answer: "ask", Note: "Apakah bisa datang setiap hari? (contoh)"})
	case "inform":
		_, err = p.Partners.Inform(p.ctx, by, r.ID, 0, coordination.Information{Note: "Bisa, diantar kendaraan UPT. (contoh)"})
	case "refuse":
		_, err = p.Partners.Answer(p.ctx, by, r.ID, 0, coordination.Reply{Answer: "refuse", Reason: reason, Note: "Jawaban contoh."})
	case "start":
		_, err = p.Partners.Begin(p.ctx, by, r.ID, 0, coordination.Beginning{On: today, Proof: "Daftar hadir (contoh)"})
	case "withdraw":
		_, err = p.Partners.Withdraw(p.ctx, by, r.ID, 0, coordination.Withdrawal{Reason: "Orangnya memilih tinggal di panti. (contoh)"})
	case "reroute":
		_, err = p.Partners.Reroute(p.ctx, by, r.ID, 0, coordination.Rerouting{Service: p.services["dp3ak0"]})
	case "link":
		return p.byLink(r)
	default:
		_, err = p.Partners.Finish(p.ctx, by, r.ID, 0, coordination.Outcome{On: today, Result: word, Note: "Hasil contoh."})
	}
	return err
}

var (
	linkInMail = regexp.MustCompile(`/inbox/([0-9a-f]+)`)
	codeInMail = regexp.MustCompile(`Kode Anda: ([0-9]{6})`)
)

// byLink has the agency open its inbox as it would: the link of its e-mail, then the code of the next.
func (p *referring) byLink(r coordination.Referral) error {
	secret, err := p.found(linkInMail)
	if err != nil {
		return err
	}
	if err := p.Partners.SendCode(p.ctx, secret); err != nil {
		return err
	}
	code, err := p.found(codeInMail)
	if err != nil {
		return err
	}
	device, err := p.Partners.Enter(p.ctx, secret, code)
	if err != nil {
		return err
	}
	_, _, err = p.Partners.InboxOne(p.ctx, secret, device, r.ID)
	return err
}

// found gives what the newest e-mail with such words holds.
func (p *referring) found(words *regexp.Regexp) (string, error) {
	all, err := p.Partners.Mails(p.ctx)
	if err != nil {
		return "", err
	}
	for _, m := range all {
		if hit := words.FindStringSubmatch(m.Body); hit != nil {
			return hit[1], nil
		}
	}
	return "", fmt.Errorf("no e-mail holds %s", words)
}
