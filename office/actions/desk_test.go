package actions_test

import (
	"errors"
	"regexp"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/audit"
	"tuntas/office/coordination"
	"tuntas/office/standards"
	"tuntas/try/province"
)

const today = province.Today

type office struct {
	*province.Province
	desk     *actions.Desk
	partners *coordination.Desk
	agency   coordination.Agency
	seksi    who.Asker
}

func each(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := &office{Province: p, partners: coordination.New(p.Store, true)}
		o.desk = actions.New(p.Store, standards.New(p.Store), o.partners)
		o.partners.Owed = actions.OwedBy
		var err error
		o.agency, err = o.partners.AddAgency(p.Ctx, p.As("wulan"), coordination.NewAgency{Kind: "opd", Name: "Dinas Tenaga Kerja", Email: "rujukan@naker.example"})
		province.Must(t, err)
		o.seksi = province.Role(o.T, "section_head", 0)
		test(t, o)
	})
}

func (o *office) whole() actions.NewAction {
	return actions.NewAction{Title: "Pasang 12 tempat tidur", Owner: actions.Owner{Owner: "agency:" + o.agency.ID.String(), OwnerName: "Bu Rini"}, DueOn: today.Add(20),
		Measure: "12 tempat tidur terpasang", Centre: o.A, Site: "https://tuntas.example"}
}

func (o *office) add(in actions.NewAction) actions.Action {
	o.T.Helper()
	a, err := o.desk.Add(o.Ctx, o.seksi, in)
	province.Must(o.T, err)
	return a
}

// An action without an organisation, a person, a date or a measure is refused at the field.
func TestAdd_refused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		for what, c := range map[string]struct {
			change func(*actions.NewAction)
			want   string
		}{
			"no organisation":   {func(a *actions.NewAction) { a.Owner.Owner = "" }, "owner required"},
			"no person":         {func(a *actions.NewAction) { a.OwnerName = " " }, "owner_name required"},
			"no date":           {func(a *actions.NewAction) { a.DueOn = "" }, "due_on required"},
			"no measure":        {func(a *actions.NewAction) { a.Measure = "" }, "measure required"},
			"no title":          {func(a *actions.NewAction) { a.Title = "" }, "title required"},
			"before its start":  {func(a *actions.NewAction) { a.StartOn, a.DueOn = today, today.Add(-1) }, "due_on order"},
			"a strange figure":  {func(a *actions.NewAction) { a.Indicator = "zz" }, "indicator unknown"},
			"a strange agency":  {func(a *actions.NewAction) { a.Owner.Owner = "agency:" + id.New().String() }, "owner unknown"},
			"no owner at all":   {func(a *actions.NewAction) { a.Owner.Owner = "zz" }, "owner unknown"},
			"a strange UPT":     {func(a *actions.NewAction) { a.Centre = id.New() }, "centre_id unknown"},
			"no gap of the UPT": {func(a *actions.NewAction) { a.Gaps = []string{"snrs/aims-guide"} }, "gaps unknown"},
			"all is there":      {func(*actions.NewAction) {}, ""},
		} {
			in := o.whole()
			c.change(&in)
			_, err := o.desk.Add(o.Ctx, o.seksi, in)
			province.Wants(t, what, err, c.want)
		}
		_, err := o.desk.Add(o.Ctx, o.As("ratna"), o.whole())
		province.Wants(t, "without the right", err, fail.Denied.Error())
		_, err = o.desk.Add(o.Ctx, province.Role(o.T, "head_centre", o.B), o.whole())
		province.Wants(t, "for another institution", err, fail.Denied.Error())
		a, err := o.desk.Add(o.Ctx, province.Role(o.T, "head_centre", o.A), o.whole())
		province.Wants(t, "for its own institution", err, "")
		_, err = o.desk.Report(o.Ctx, province.Role(o.T, "head_centre", o.B), a.ID, 0, actions.Report{Note: "uji"})
		province.Wants(t, "another institution reports", err, fail.Denied.Error())
	})
}

// From the plan to the end, with a milestone and a file; what is over stays as it is.
func TestAction_done(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		a := o.add(o.whole())
		if a.State != actions.Planned || a.StartOn != today || a.Owner() != "agency:"+o.agency.ID.String() {
			t.Fatalf("%+v", a)
		}
		a, err := o.desk.AddMilestone(o.Ctx, o.seksi, a.ID, a.Version, actions.NewMilestone{Title: "Rangka datang", DueOn: today.Add(5)})
		province.Wants(t, "milestone", err, "")
		a, err = o.desk.Report(o.Ctx, o.seksi, a.ID, a.Version, actions.Report{Note: "Rangka dipesan"})
		province.Wants(t, "report", err, "")
		if a.State != actions.Running {
			t.Errorf("after a report it is %s", a.State)
		}
		_, err = o.desk.Report(o.Ctx, o.seksi, a.ID, a.Version-1, actions.Report{Note: "basi"})
		province.Wants(t, "a stale report", err, fail.Stale.Error())
		w, err := o.desk.Look(o.Ctx, o.seksi, a.ID)
		province.Wants(t, "look", err, "")
		if len(w.Milestones()) != 1 || len(w.Reports()) != 1 {
			t.Fatalf("%+v", w.Steps)
		}
		a, err = o.desk.ReachMilestone(o.Ctx, o.seksi, a.ID, w.Milestones()[0].ID, a.Version)
		province.Wants(t, "reached", err, "")
		_, err = o.desk.ReachMilestone(o.Ctx, o.seksi, a.ID, w.Milestones()[0].ID, 0)
		province.Wants(t, "reached twice", err, fail.NotFound.Error())
		_, err = o.desk.Finish(o.Ctx, o.seksi, a.ID, 0, actions.Completion{On: today.Add(1), Result: "x"}, nil)
		province.Wants(t, "done tomorrow", err, "on future")
		_, err = o.desk.Finish(o.Ctx, o.seksi, a.ID, 0, actions.Completion{On: today, Result: "x"}, &upload.File{Name: "a.exe", Is: "application/octet-stream", Body: []byte("MZ")})
		province.Wants(t, "a strange file", err, "file type")
		a, err = o.desk.Finish(o.Ctx, o.seksi, a.ID, 0, actions.Completion{On: today, Result: "Terpasang semua"}, nil)
		province.Wants(t, "done", err, "")
		if a.Live || !a.InTime() {
			t.Errorf("%+v", a)
		}
		for what, err := range map[string]error{
			"report":   second(o.desk.Report(o.Ctx, o.seksi, a.ID, 0, actions.Report{Note: "x"})),
			"postpone": second(o.desk.Postpone(o.Ctx, o.seksi, a.ID, 0, actions.Postponement{DueOn: today.Add(90), Reason: "x"})),
			"stop":     second(o.desk.Stop(o.Ctx, o.seksi, a.ID, 0, actions.Why{Reason: "x"})),
			"start":    second(o.desk.Start(o.Ctx, o.seksi, a.ID, 0)),
		} {
			province.Wants(t, what+" after the end", err, "action-state")
		}
	})
}

func second(_ actions.Action, err error) error { return err }

// The third postponement is refused, with the three ways out; each of them works.
func TestPostpone_thirdTime(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		twice := func() actions.Action {
			a := o.add(o.whole())
			_, err := o.desk.Escalate(o.Ctx, o.seksi, a.ID, 0, actions.Why{Reason: "terlalu dini"})
			province.Wants(t, "escalate at once", err, "action-escalate-early")
			for n := range 2 {
				a, err = o.desk.Postpone(o.Ctx, o.seksi, a.ID, 0, actions.Postponement{DueOn: today.Add(30 + n), Reason: "belum datang"})
				province.Wants(t, "postpone", err, "")
			}
			_, err = o.desk.Postpone(o.Ctx, o.seksi, a.ID, 0, actions.Postponement{DueOn: today.Add(60), Reason: "lagi"})
			province.Wants(t, "the third time", err, "action-postponed-twice")
			var rule *fail.Rule
			if errors.As(err, &rule) && len(rule.Missing) != 3 {
				t.Errorf("the ways out: %+v", rule.Missing)
			}
			return a
		}
		a := twice()
		a, err := o.desk.Stop(o.Ctx, o.seksi, a.ID, 0, actions.Why{Reason: "tidak perlu lagi"})
		province.Wants(t, "stop", err, "")
		if a.State != actions.Stopped {
			t.Error(a.State)
		}

		a = twice()
		_, err = o.desk.Reassign(o.Ctx, o.seksi, a.ID, 0, actions.Reassignment{Owner: actions.Owner{Owner: a.Owner(), OwnerName: a.OwnerName}, DueOn: today.Add(60), Reason: "x"})
		province.Wants(t, "to the same", err, "owner same")
		next, err := o.desk.Reassign(o.Ctx, o.seksi, a.ID, 0, actions.Reassignment{Owner: actions.Owner{Owner: "office", Mine: true}, DueOn: today.Add(60), Reason: "kami kerjakan"})
		province.Wants(t, "reassign", err, "")
		old, err := o.desk.Look(o.Ctx, o.seksi, a.ID)
		province.Wants(t, "look", err, "")
		if old.State != actions.Replaced || next.Former != a.ID || next.Postponed != 0 || next.OwnerUser != o.seksi.User || len(old.Later) != 1 {
			t.Errorf("%+v\n%+v", old.Action, next)
		}
		_, err = o.desk.Postpone(o.Ctx, o.seksi, next.ID, 0, actions.Postponement{DueOn: today.Add(90), Reason: "hitungan baru"})
		province.Wants(t, "the new owner postpones", err, "")

		a = twice()
		a, err = o.desk.Escalate(o.Ctx, o.seksi, a.ID, a.Version, actions.Why{Reason: "anggaran"})
		province.Wants(t, "escalate", err, "")
		a, err = o.desk.Postpone(o.Ctx, o.seksi, a.ID, a.Version, actions.Postponement{DueOn: today.Add(61), Reason: "disetujui"})
		province.Wants(t, "one more date", err, "")
		_, err = o.desk.Postpone(o.Ctx, o.seksi, a.ID, a.Version, actions.Postponement{DueOn: today.Add(62), Reason: "lagi"})
		province.Wants(t, "and no more", err, "action-postponed-twice")
		all, _, err := o.desk.List(o.Ctx, o.seksi, actions.Filter{Show: "escalated"})
		if err != nil || len(all) != 1 || all[0].ID != a.ID {
			t.Errorf("those that went up: %v %v", all, err)
		}
	})
}

// An agency that owes live actions stays, and it is said how many.
func TestRetire_owes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		a := o.add(o.whole())
		_, err := o.partners.RetireAgency(o.Ctx, o.As("wulan"), o.agency.ID, 0, coordination.Retirement{Reason: "bubar"})
		province.Wants(t, "with an action", err, "agency-owes-actions")
		_, err = o.desk.Stop(o.Ctx, o.seksi, a.ID, 0, actions.Why{Reason: "bubar"})
		province.Wants(t, "stop", err, "")
		_, err = o.partners.RetireAgency(o.Ctx, o.As("wulan"), o.agency.ID, 0, coordination.Retirement{Reason: "bubar"})
		province.Wants(t, "without", err, "")
		_, err = o.desk.Add(o.Ctx, o.seksi, o.whole())
		province.Wants(t, "to one out of use", err, "owner unknown")
	})
}

var (
	inLetter = regexp.MustCompile(`/inbox/([0-9a-f]+)/actions/`)
	figures  = regexp.MustCompile(`Kode Anda: ([0-9]{6})`)
)

func (o *office) mailed(what *regexp.Regexp) string {
	o.T.Helper()
	all, err := o.partners.Mails(o.Ctx)
	province.Must(o.T, err)
	for _, m := range all {
		if found := what.FindStringSubmatch(m.Body); found != nil {
			return found[1]
		}
	}
	o.T.Fatalf("no e-mail holds %s", what)
	return ""
}

// An agency without an account sees its own actions by the link, reports, asks for a later date and ends one; nothing of
// another agency is there, and without the code nothing at all.
func TestInbox(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		a := o.add(o.whole())
		foreign := o.whole()
		foreign.Owner.Owner = "office"
		other := o.add(foreign)
		secret := o.mailed(inLetter)
		_, _, err := o.desk.Inbox(o.Ctx, secret, "")
		if !errors.Is(err, coordination.ErrNewDevice) {
			t.Errorf("without a code: %v", err)
		}
		_, err = o.desk.ReportByLink(o.Ctx, secret, "", a.ID, actions.Report{Note: "x"})
		if !errors.Is(err, coordination.ErrNewDevice) {
			t.Errorf("a report without a code: %v", err)
		}
		province.Must(t, o.partners.SendCode(o.Ctx, secret))
		device, err := o.partners.Enter(o.Ctx, secret, o.mailed(figures))
		province.Must(t, err)
		_, all, err := o.desk.Inbox(o.Ctx, secret, device)
		if err != nil || len(all) != 1 || all[0].ID != a.ID {
			t.Fatalf("the inbox: %v %v", all, err)
		}
		_, _, err = o.desk.InboxOne(o.Ctx, secret, device, other.ID)
		province.Wants(t, "one of another", err, fail.NotFound.Error())
		_, err = o.desk.FinishByLink(o.Ctx, secret, device, other.ID, actions.Completion{On: today, Result: "x"}, nil)
		province.Wants(t, "a deed on one of another", err, fail.NotFound.Error())
		_, err = o.desk.ReportByLink(o.Ctx, secret, device, a.ID, actions.Report{Note: "Sudah dipesan"})
		province.Wants(t, "report", err, "")
		_, err = o.desk.AskByLink(o.Ctx, secret, device, a.ID, actions.Postponement{DueOn: a.DueOn, Reason: "x"})
		province.Wants(t, "the same date", err, "due_on order")
		asked, err := o.desk.AskByLink(o.Ctx, secret, device, a.ID, actions.Postponement{DueOn: today.Add(40), Reason: "Barang tertahan"})
		province.Wants(t, "ask", err, "")
		if asked.Postponed != 0 || asked.DueOn != a.DueOn {
			t.Errorf("a request put it off: %+v", asked)
		}
		w, err := o.desk.Look(o.Ctx, o.seksi, a.ID)
		province.Wants(t, "look", err, "")
		if w.Asked().DueOn != today.Add(40) || w.Steps[0].Via != "agency" {
			t.Errorf("%+v", w.Steps)
		}
		done, err := o.desk.FinishByLink(o.Ctx, secret, device, a.ID, actions.Completion{On: today, Result: "Terpasang"}, nil)
		province.Wants(t, "done", err, "")
		if done.State != actions.Done {
			t.Error(done.State)
		}
		looks := 0
		for _, v := range o.views(t) {
			if v == "action-inbox.look" {
				looks++
			}
		}
		if looks != 1 { // the list; one of another agency was not shown
			t.Errorf("%d views in the ledger", looks)
		}
	})
}

// views are the acts in the ledger.
func (o *office) views(t *testing.T) (acts []string) {
	t.Helper()
	_, all, _, err := o.Audit.Ledger(o.Ctx, o.House, audit.View{Via: "link"})
	province.Must(t, err)
	for _, v := range all {
		acts = append(acts, v.Act)
	}
	return acts
}

// The lists: each page goes on from the last one's end, each number is the length of its list.
func TestList_pages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		for n := range 23 {
			in := o.whole()
			in.DueOn, in.StartOn = today.Add(n/3-4), today.Add(-30)
			a := o.add(in)
			if n%5 == 0 {
				_, err := o.desk.Finish(o.Ctx, o.seksi, a.ID, 0, actions.Completion{On: today.Add(-n % 7), Result: "x"}, nil)
				province.Wants(t, "done", err, "")
			}
		}
		count := func(show string) (n int64) {
			seen := map[id.ID]bool{}
			var last clock.Day
			for f := (actions.Filter{Show: show, Limit: 4}); ; {
				all, _, err := o.desk.List(o.Ctx, o.seksi, f)
				province.Must(t, err)
				for _, a := range all {
					if seen[a.ID] || show == "live" && a.DueOn < last {
						t.Errorf("%s: twice or out of order", show)
					}
					seen[a.ID], last, f.After = true, a.DueOn, a.ID
					n++
				}
				if len(all) < 4 {
					return n
				}
			}
		}
		_, c, err := o.desk.List(o.Ctx, o.seksi, actions.Filter{})
		province.Must(t, err)
		if count("live") != c.Live || count("overdue") != c.Overdue || c.Live != count("running")+c.Overdue || count("done") != count("in_time")+count("late") || count("all") != 23 {
			t.Errorf("%+v, but live %d, overdue %d, running %d, done %d", c, count("live"), count("overdue"), count("running"), count("done"))
		}
		_, _, err = o.desk.List(o.Ctx, o.seksi, actions.Filter{After: id.New()})
		province.Wants(t, "a strange cursor", err, "after cursor")
		err = o.Store.Read(o.Ctx, o.House, store.NewAct("test.stalled", who.SeeCentre), func(tx *store.Tx) error {
			all, err := actions.Stalled(tx, 20, 50)
			if err == nil && int64(len(all)) != c.Live {
				t.Errorf("%d stalled", len(all))
			}
			return err
		})
		province.Must(t, err)
	})
}

// A file lies with its action as it came, is read by those who may write there and by the province, and by nobody else.
func TestFile(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		pdf := []byte("%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n")
		a := o.add(o.whole())
		f, err := o.desk.AddFile(o.Ctx, province.Role(o.T, "head_centre", o.A), a.ID, actions.NewFile{Title: "Foto"}, upload.File{Name: "../bukti.pdf", Is: "application/pdf", Body: pdf})
		province.Wants(t, "a file", err, "")
		if f.Label != "bukti.pdf" {
			t.Errorf("its name is %q", f.Label)
		}
		_, body, err := o.desk.OpenFile(o.Ctx, o.seksi, f.ID)
		if err != nil || string(body) != string(pdf) {
			t.Errorf("%q %v", body, err)
		}
		_, _, err = o.desk.OpenFile(o.Ctx, province.Role(o.T, "head_centre", o.B), f.ID)
		province.Wants(t, "another institution", err, fail.NotFound.Error())
		_, err = o.desk.AddFile(o.Ctx, province.Role(o.T, "head_centre", o.B), a.ID, actions.NewFile{Title: "x"}, upload.File{Name: "x.pdf", Is: "application/pdf", Body: pdf})
		province.Wants(t, "a file of another institution", err, fail.Denied.Error())
		_, err = o.desk.AddFile(o.Ctx, o.seksi, a.ID, actions.NewFile{Title: "x"}, upload.File{})
		province.Wants(t, "nothing chosen", err, "file required")
		done, err := o.desk.Finish(o.Ctx, o.seksi, a.ID, 0, actions.Completion{On: today, Result: "x"}, &upload.File{Name: "hasil.pdf", Is: "application/pdf", Body: pdf})
		province.Wants(t, "done with a file", err, "")
		if w, err := o.desk.Look(o.Ctx, o.seksi, done.ID); err != nil || len(w.Files) != 2 {
			t.Errorf("%+v %v", w.Files, err)
		}
	})
}
