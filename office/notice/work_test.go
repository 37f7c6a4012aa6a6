package notice_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/jobs"
	"tuntas/house/store"
	"tuntas/office/actions"
	"tuntas/office/meeting"
	"tuntas/office/needs"
	"tuntas/office/notice"
	"tuntas/office/standards"
	"tuntas/try/province"
)

// heard lets what is in the outbox be told.
func (o *office) heard() {
	o.T.Helper()
	relay := jobs.New(o.Store, slog.New(slog.DiscardHandler), map[string]func(context.Context, store.Message) error{store.TopicNotice: o.desk.Hear})
	province.Must(o.T, relay.Deliver(o.Ctx))
}

func (o *office) sees(login, what string) {
	o.T.Helper()
	var all []string
	for _, n := range o.told(login) {
		if all = append(all, n.Say.Text); n.Say.Text == what {
			return
		}
	}
	o.T.Errorf("%s is not told %q, but %q", login, what, all)
}

// Who owns an action, who is called to a meeting and whose need was decided learn of it; the due days stand in the calendar.
func TestWork_isTold(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(p)
		const site = "https://tuntas.example"
		st := standards.New(p.Store)
		work := actions.New(p.Store, st, o.partners)
		office := "centre:" + p.A.String()
		_, err := work.Add(p.Ctx, p.As("wulan"), actions.NewAction{Title: "Susun laporan", Owner: actions.Owner{Owner: office, OwnerName: "Ratna"}, DueOn: today.Add(9), Measure: "ada", Centre: p.A, Site: site})
		province.Must(t, err)
		_, err = work.Add(p.Ctx, p.As("wulan"), actions.NewAction{Title: "Pasang pegangan", Owner: actions.Owner{Owner: office, OwnerName: "Seseorang"}, DueOn: today.Add(9), Measure: "ada", Centre: p.A, Site: site})
		province.Must(t, err)
		meet := meeting.New(p.Store, work, st, o.partners, p.Figures)
		meet.HeadsAt = notice.HeadsAt
		_, err = o.desk.Set(p.Ctx, p.As("joko"), site, 0, notice.NewSettings{Email: "joko@upt.example", Digest: "off"})
		province.Must(t, err)
		for at, name := range map[id.ID]string{p.A: "Rakor A", p.B: "Rakor B"} {
			_, err = meet.Call(p.Ctx, p.As("wulan"), meeting.NewMeeting{Details: meeting.Details{Name: name, On: today.Add(5), From: "09:00", To: "11:00", Place: "Aula", Chair: "Kepala", NoteTaker: "Wati"},
				Invited: meeting.Invited{Centres: []id.ID{at}}, Site: site})
			province.Must(t, err)
		}
		need := needs.New(p.Store, st)
		problem, err := need.Report(p.Ctx, p.As("joko"), p.A, needs.NewProblem{Source: "complaint", Title: "Licin", Impact: 2, Risk: 2})
		province.Must(t, err)
		n, err := need.Propose(p.Ctx, p.As("joko"), problem.ID, needs.NewNeed{Kind: "facility", Name: "Pegangan", Quantity: 1, Unit: "buah", UnitPrice: 1, Year: int64(today.Time().Year() + 1)})
		province.Must(t, err)
		_, err = need.MoveNeed(p.Ctx, p.As("wulan"), n.ID, 0, needs.Move{To: needs.Refused, Note: "Sudah ada"})
		province.Must(t, err)
		o.heard()
		o.sees("ratna", "Tindak lanjut untuk Anda: %s, paling lambat %s.")
		o.sees("joko", "Tindak lanjut untuk UPT Anda: %s, paling lambat %s.")
		o.sees("joko", "Undangan rapat: %s, %s pukul %s.")
		o.sees("joko", "Kebutuhan %s: %s.")
		o.planned(today.Add(9))
		mails, err := o.partners.Mails(p.Ctx)
		province.Must(t, err)
		var invited []string
		for _, m := range mails {
			if strings.Contains(m.Attached(), "METHOD:REQUEST") {
				invited = append(invited, m.To+" "+m.Subject)
			}
		}
		if len(invited) != 1 || !strings.HasPrefix(invited[0], "joko@upt.example Undangan rapat: Rakor A") {
			t.Errorf("invited by e-mail with a calendar file: %q", invited)
		}
	})
}

// planned looks at the calendars: an action with its owner alone, a meeting with those who are called to it.
func (o *office) planned(due clock.Day) {
	o.T.Helper()
	feed := func(login string) string {
		secret, err := o.desk.RenewFeed(o.Ctx, o.As(login))
		province.Must(o.T, err)
		body, err := o.desk.Feed(o.Ctx, secret, "https://tuntas.example")
		province.Must(o.T, err)
		return string(body)
	}
	day := due.Time().Format("20060102")
	if got := feed("ratna"); !strings.Contains(got, "Susun laporan") || !strings.Contains(got, day) || strings.Contains(got, "Pasang pegangan") || !strings.Contains(got, "Rakor A") || strings.Contains(got, "Rakor B") {
		o.T.Errorf("the calendar of the owner:\n%s", got)
	}
	if got := feed("wulan"); !strings.Contains(got, "Rakor A") || !strings.Contains(got, "Rakor B") || strings.Contains(got, "Susun laporan") {
		o.T.Errorf("the calendar of the province:\n%s", got)
	}
}
