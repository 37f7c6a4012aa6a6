package meeting_test

import (
	"strings"
	"sync"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/actions"
	"tuntas/office/coordination"
	"tuntas/office/meeting"
	"tuntas/office/standards"
	"tuntas/try/province"
)

const today = province.Today

type office struct {
	*province.Province
	desk     *meeting.Desk
	actions  *actions.Desk
	partners *coordination.Desk
	agency   coordination.Agency
	head     who.Asker
}

func each(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := &office{Province: p, partners: coordination.New(p.Store, true)}
		s := standards.New(p.Store)
		o.actions = actions.New(p.Store, s, o.partners)
		o.desk = meeting.New(p.Store, o.actions, s, o.partners, p.Figures)
		var err error
		o.agency, err = o.partners.AddAgency(p.Ctx, p.As("wulan"), coordination.NewAgency{Kind: "opd", Name: "Dinas Tenaga Kerja", Email: "rujukan@naker.example"})
		province.Must(t, err)
		r, _ := access.RoleOf("head_division")
		o.head = who.Asker{User: id.New(), Name: "Kepala Bidang", Role: r.Key, Rights: r.Held(), Scope: who.Scope{All: true}}
		test(t, o)
	})
}

func (o *office) details(on clock.Day) meeting.Details {
	return meeting.Details{Name: "Rakor revitalisasi", On: on, From: "09.00", To: "12:00", Place: "Aula", Chair: "Kepala Dinas", NoteTaker: "Bu Wati"}
}

func (o *office) call(on clock.Day) meeting.Meeting {
	o.T.Helper()
	m, err := o.desk.Call(o.Ctx, o.head, meeting.NewMeeting{Details: o.details(on), Invited: meeting.Invited{Agencies: []id.ID{o.agency.ID}, Centres: []id.ID{o.A}}, Site: "https://tuntas.example"})
	province.Must(o.T, err)
	return m
}

func (o *office) look(m id.ID) meeting.Whole {
	o.T.Helper()
	w, err := o.desk.Look(o.Ctx, o.head, m)
	province.Must(o.T, err)
	return w
}

func (o *office) item(m id.ID, title string) meeting.Item {
	o.T.Helper()
	i, err := o.desk.AddItem(o.Ctx, o.head, m, meeting.NewItem{Title: title})
	province.Must(o.T, err)
	return i
}

func (o *office) decision() meeting.Decision {
	return meeting.Decision{Title: "Pelatihan las untuk 20 orang", Owner: "agency:" + o.agency.ID.String(), OwnerName: "Bu Rini", DueOn: today.Add(30), Measure: "20 orang bersertifikat"}
}

func (o *office) letters() (all []coordination.Mail) {
	o.T.Helper()
	all, err := o.partners.Mails(o.Ctx)
	province.Must(o.T, err)
	return all
}

// What a meeting needs is asked at the field; who may not hold one is refused.
func TestCall_refused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		for what, c := range map[string]struct {
			change func(*meeting.NewMeeting)
			want   string
		}{
			"no time":          {func(m *meeting.NewMeeting) { m.From = "pagi" }, "from time"},
			"ends too early":   {func(m *meeting.NewMeeting) { m.To = "08.30" }, "to order"},
			"nowhere":          {func(m *meeting.NewMeeting) { m.Place = "" }, "place required"},
			"a strange link":   {func(m *meeting.NewMeeting) { m.Link = "javascript:alert(1)" }, "link link"},
			"a strange agency": {func(m *meeting.NewMeeting) { m.Agencies = []id.ID{id.New()} }, "agencies unknown"},
			"a strange UPT":    {func(m *meeting.NewMeeting) { m.Centres = []id.ID{id.New()} }, "centres unknown"},
		} {
			in := meeting.NewMeeting{Details: o.details(today.Add(3))}
			c.change(&in)
			_, err := o.desk.Call(o.Ctx, o.head, in)
			province.Wants(t, what, err, c.want)
		}
		_, err := o.desk.Call(o.Ctx, o.As("joko"), meeting.NewMeeting{Details: o.details(today.Add(3))})
		province.Wants(t, "without the right", err, fail.Denied.Error())
		if _, err := o.desk.List(o.Ctx, o.As("ratna"), 0, 10); err != nil {
			t.Errorf("reading is for all staff: %v", err)
		}
	})
}

// The invitation goes with a calendar file; a new hour raises its sequence, and calling off takes it away.
func TestInvitation(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		m := o.call(today.Add(7))
		first := o.letters()
		if len(first) != 1 || !strings.Contains(first[0].Body, "METHOD:REQUEST") || !strings.Contains(first[0].Body, "SEQUENCE:0") || !strings.Contains(first[0].Body, "DTSTART:20261201T020000Z") {
			t.Fatalf("%+v", first)
		}
		in := o.details(today.Add(7))
		in.About = "Hanya maksudnya yang berubah"
		m, err := o.desk.Change(o.Ctx, o.head, m.ID, m.Version, in)
		province.Wants(t, "a new purpose", err, "")
		if len(o.letters()) != 1 || m.Sequence != 0 {
			t.Error("a new purpose alone told everybody")
		}
		in.From = "10.00"
		m, err = o.desk.Change(o.Ctx, o.head, m.ID, m.Version, in)
		province.Wants(t, "a new hour", err, "")
		if all := o.letters(); len(all) != 2 || !strings.Contains(all[0].Body, "SEQUENCE:1") || !strings.Contains(all[0].Body, "Pukul: 10.00") {
			t.Errorf("%+v", all)
		}
		_, err = o.desk.Change(o.Ctx, o.head, m.ID, m.Version-1, in)
		province.Wants(t, "a stale change", err, fail.Stale.Error())
		_, err = o.desk.Cancel(o.Ctx, o.head, m.ID, 0, meeting.Cancellation{Reason: "Ditunda"})
		province.Wants(t, "cancel", err, "")
		if all := o.letters(); len(all) != 3 || !strings.Contains(all[0].Body, "METHOD:CANCEL") || !strings.Contains(all[0].Body, "SEQUENCE:2") {
			t.Errorf("%+v", all)
		}
		_, body, err := o.desk.Calendar(o.Ctx, o.As("ratna"), m.ID)
		if err != nil || !strings.Contains(string(body), "STATUS:CANCELLED") {
			t.Errorf("%v %s", err, body)
		}
		_, err = o.desk.AddItem(o.Ctx, o.head, m.ID, meeting.NewItem{Title: "x"})
		province.Wants(t, "an item after it was called off", err, "meeting-cancelled")
		o.call(today.Add(-3))
		if len(o.letters()) != 3 {
			t.Error("a meeting that is past invited somebody")
		}
	})
}

// From the agenda to frozen minutes; the decision is an action, and the next meeting takes it up by itself.
func TestMeeting_decidesAndFreezes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		m := o.call(today)
		i, other := o.item(m.ID, "Pelatihan kerja"), o.item(m.ID, "Identitas penduduk")
		i, err := o.desk.MoveItem(o.Ctx, o.head, i.ID, 0, meeting.ItemMove{To: "down"})
		province.Wants(t, "down", err, "")
		if agenda := o.look(m.ID).Agenda(); agenda[0].ID != other.ID || agenda[1].ID != i.ID {
			t.Errorf("the order: %v", agenda)
		}
		i, err = o.desk.WriteNotes(o.Ctx, o.head, i.ID, i.Version, meeting.Notes{Notes: "Disepakati ada 20 tempat."})
		province.Wants(t, "notes", err, "")
		_, err = o.desk.WriteNotes(o.Ctx, o.head, i.ID, i.Version-1, meeting.Notes{Notes: "basi"})
		province.Wants(t, "stale notes", err, fail.Stale.Error())
		bad := o.decision()
		bad.Owner = ""
		_, err = o.desk.Decide(o.Ctx, o.head, i.ID, bad)
		province.Wants(t, "a decision without an owner", err, "owner required")
		a, err := o.desk.Decide(o.Ctx, o.head, i.ID, o.decision())
		province.Wants(t, "decide", err, "")
		if a.Decided != i.ID || a.StartOn != today {
			t.Errorf("%+v", a)
		}
		_, err = o.desk.Approve(o.Ctx, o.head, m.ID, 0)
		province.Wants(t, "before it is known who came", err, "meeting-incomplete")
		w := o.look(m.ID)
		_, err = o.desk.Attend(o.Ctx, o.head, m.ID, w.Version, meeting.Attendance{Rows: []meeting.Came{{ID: w.Invitees[0].ID, Present: true, InsteadOf: "Kepala Dinas Naker"}}})
		province.Wants(t, "a substitute without a name", err, "rows.0.person required")
		_, err = o.desk.Attend(o.Ctx, o.head, m.ID, w.Version, meeting.Attendance{Rows: []meeting.Came{{ID: w.Invitees[0].ID, Present: true, Person: "Pak Seno", Post: "Sekretaris", InsteadOf: "Kepala Dinas Naker"}, {ID: id.New()}}})
		province.Wants(t, "a strange invitee", err, "rows.1.invitee_id unknown")
		_, err = o.desk.Attend(o.Ctx, o.head, m.ID, w.Version, meeting.Attendance{Rows: []meeting.Came{{ID: w.Invitees[0].ID, Present: true, Person: "Pak Seno", Post: "Sekretaris", InsteadOf: "Kepala Dinas Naker"}}})
		province.Wants(t, "attendance", err, "")
		_, err = o.desk.AddGuest(o.Ctx, o.head, m.ID, meeting.Guest{Name: "Universitas Tapal Kuda", Person: "Bu Dian"})
		province.Wants(t, "a guest", err, "")

		frozen, err := o.desk.Approve(o.Ctx, o.head, m.ID, 0)
		province.Wants(t, "approve", err, "")
		for _, want := range []string{"Pak Seno, Sekretaris, mewakili Kepala Dinas Naker", "Universitas Tapal Kuda: Bu Dian", "Disepakati ada 20 tempat.", "Diputuskan: Pelatihan las untuk 20 orang. Pelaksana: Dinas Tenaga Kerja, Bu Rini."} {
			if !strings.Contains(frozen.Minutes, want) {
				t.Errorf("the minutes lack %q:\n%s", want, frozen.Minutes)
			}
		}
		for what, err := range map[string]error{
			"an item":    third(o.desk.AddItem(o.Ctx, o.head, m.ID, meeting.NewItem{Title: "x"})),
			"a decision": fourth(o.desk.Decide(o.Ctx, o.head, i.ID, o.decision())),
			"notes":      third(o.desk.WriteNotes(o.Ctx, o.head, i.ID, 0, meeting.Notes{Notes: "x"})),
			"a guest":    second(o.desk.AddGuest(o.Ctx, o.head, m.ID, meeting.Guest{Name: "x", Person: "y"})),
			"approval":   second(o.desk.Approve(o.Ctx, o.head, m.ID, 0)),
			"a new hour": second(o.desk.Change(o.Ctx, o.head, m.ID, 0, o.details(today))),
		} {
			province.Wants(t, what+" after approval", err, "meeting-approved")
		}
		_, err = o.desk.Add(o.Ctx, o.head, m.ID, meeting.NewAddendum{Text: "Nomor surat menyusul."})
		province.Wants(t, "an addendum", err, "")
		_, err = o.actions.Report(o.Ctx, o.head, a.ID, 0, actions.Report{Note: "x"})
		province.Wants(t, "report", err, "")
		after := o.look(m.ID)
		if after.Minutes != frozen.Minutes || after.SHA256 != frozen.SHA256 || len(after.SHA256) != 64 || len(after.Addenda) != 1 || after.Text() != frozen.Minutes {
			t.Error("the minutes changed after they were frozen")
		}

		next := o.call(today.Add(14))
		_, err = o.desk.Add(o.Ctx, o.head, next.ID, meeting.NewAddendum{Text: "x"})
		province.Wants(t, "an addendum before approval", err, "meeting-not-approved")
		agenda := o.look(next.ID).Agenda()
		if len(agenda) != 1 || agenda[0].Action != a.ID || agenda[0].Again.State != actions.Running || agenda[0].Source != "carried" {
			t.Fatalf("the next agenda: %+v", agenda)
		}
		_, n, err := o.desk.Propose(o.Ctx, o.head, next.ID)
		if err != nil || n != 0 {
			t.Errorf("proposed again: %d %v", n, err)
		}
	})
}

func second(_ meeting.Meeting, err error) error { return err }
func third(_ meeting.Item, err error) error     { return err }
func fourth(_ actions.Action, err error) error  { return err }

// The third postponement forces the choice on the page of the meeting too.
func TestApply_thirdTime(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		a, err := o.desk.Decide(o.Ctx, o.head, o.item(o.call(today).ID, "Pelatihan").ID, o.decision())
		province.Must(t, err)
		next := o.call(today.Add(5))
		i := o.look(next.ID).Agenda()[0]
		for n := range 2 {
			_, err := o.desk.Apply(o.Ctx, o.head, i.ID, 0, actions.Move{Deed: "postpone", DueOn: today.Add(40 + n), Reason: "belum siap"})
			province.Wants(t, "postpone", err, "")
		}
		_, err = o.desk.Apply(o.Ctx, o.head, i.ID, 0, actions.Move{Deed: "postpone", DueOn: today.Add(60), Reason: "lagi"})
		province.Wants(t, "the third time", err, "action-postponed-twice")
		_, err = o.desk.Apply(o.Ctx, o.head, i.ID, 0, actions.Move{Deed: "reassign", Reason: "lagi"})
		province.Wants(t, "to nobody", err, "due_on required")
		_, err = o.desk.Apply(o.Ctx, o.head, i.ID, 0, actions.Move{Deed: "escalate", DueOn: today.Add(60), Reason: "anggaran"})
		province.Wants(t, "up, with one more date", err, "")
		w, err := o.actions.Look(o.Ctx, o.head, a.ID)
		if err != nil || w.Postponed != 3 || w.Escalated != 1 || w.DueOn != today.Add(60) {
			t.Errorf("%+v %v", w.Action, err)
		}
		_, err = o.desk.Apply(o.Ctx, o.head, i.ID, 0, actions.Move{Deed: "reassign", DueOn: today.Add(70), Reason: "diambil alih", Owner: "office", Name: "Pak Budi"})
		province.Wants(t, "to another", err, "")
		again := o.look(o.call(today.Add(20)).ID).Agenda()
		if len(again) != 1 || again[0].Action == a.ID || again[0].Again.OwnerName != "Pak Budi" {
			t.Errorf("the one that stands for it: %+v", again)
		}
		_, err = o.desk.Apply(o.Ctx, o.head, o.item(next.ID, "Lain").ID, 0, actions.Move{Deed: "stop", Reason: "x"})
		province.Wants(t, "on an item without one", err, "meeting-no-action")
	})
}

// Two people approve at once: one does, the other is told.
func TestApprove_atOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		m := o.call(today)
		o.item(m.ID, "Pelatihan")
		w := o.look(m.ID)
		_, err := o.desk.Attend(o.Ctx, o.head, m.ID, 0, meeting.Attendance{Rows: []meeting.Came{{ID: w.Invitees[0].ID, Present: true}}})
		province.Must(t, err)
		version := o.look(m.ID).Version
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for n := range errs {
			wait.Go(func() { _, errs[n] = o.desk.Approve(o.Ctx, o.head, m.ID, version) })
		}
		wait.Wait()
		done := 0
		for _, err := range errs {
			switch province.Code(err) {
			case "":
				done++
			case fail.Stale.Error(), "meeting-approved":
			default:
				t.Errorf("the other is told %v", err)
			}
		}
		if done != 1 {
			t.Errorf("%d approved", done)
		}
	})
}

// The agenda proposes what presses, each thing once: what is late, what was put off twice, what stands still.
func TestPropose(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		add := func(title string, start, due clock.Day) actions.Action {
			a, err := o.actions.Add(o.Ctx, o.head, actions.NewAction{Title: title, Owner: actions.Owner{Owner: "office", OwnerName: "Pak Budi"}, StartOn: start, DueOn: due, Measure: "ada"})
			province.Must(t, err)
			return a
		}
		late := add("terlambat", today.Add(-50), today.Add(-4))
		twice := add("dua kali", today.Add(-3), today.Add(1))
		for n := range 2 {
			_, err := o.actions.Postpone(o.Ctx, o.head, twice.ID, 0, actions.Postponement{DueOn: today.Add(5 + n), Reason: "x"})
			province.Must(t, err)
		}
		still := add("diam", today.Add(-60), today.Add(60))
		add("baru", today, today.Add(60))
		got := map[id.ID]string{}
		var first meeting.Item
		for n, i := range o.look(o.call(today.Add(7)).ID).Proposals() {
			if _, again := got[i.Action]; again {
				t.Errorf("%s stands twice", i.Title)
			}
			if got[i.Action] = i.Source; n == 0 {
				first = i
			}
		}
		if len(got) != 3 || got[late.ID] != "overdue" || got[twice.ID] != "postponed" || got[still.ID] != "stalled" {
			t.Errorf("proposed: %v", got)
		}
		if first.Number != 4 || first.Path != late.Path() || !strings.Contains(first.Why("id"), "4 hari") {
			t.Errorf("%+v says %q", first, first.Why("id"))
		}
		i, err := o.desk.SetItem(o.Ctx, o.head, first.ID, first.Version, meeting.ItemChange{State: "accepted"})
		if err != nil || i.State != "accepted" {
			t.Errorf("%+v %v", i, err)
		}
	})
}

// The parts of a score are together what was decided, and each is as long as its list.
func TestScores_sumsAndLists(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		second, err := o.partners.AddAgency(o.Ctx, o.head, coordination.NewAgency{Kind: "opd", Name: "Dinas Kesehatan"})
		province.Must(t, err)
		m := o.call(today.Add(-40))
		i := o.item(m.ID, "Semua")
		for n := range 14 {
			in := o.decision()
			if n%3 == 0 {
				in.Owner = "agency:" + second.ID.String()
			}
			in.DueOn = today.Add(n*3 - 20)
			a, err := o.desk.Decide(o.Ctx, o.head, i.ID, in)
			province.Must(t, err)
			switch n % 4 {
			case 0:
				_, err = o.actions.Finish(o.Ctx, o.head, a.ID, 0, actions.Completion{On: max(a.StartOn, today.Add(-n)), Result: "x"}, nil)
			case 1:
				_, err = o.actions.Stop(o.Ctx, o.head, a.ID, 0, actions.Why{Reason: "x"})
			case 2:
				_, err = o.actions.Postpone(o.Ctx, o.head, a.ID, 0, actions.Postponement{DueOn: max(a.DueOn, today).Add(3), Reason: "x"})
			}
			province.Must(t, err)
		}
		all, err := o.desk.Scores(o.Ctx, o.As("ratna"))
		province.Must(t, err)
		if len(all) != 2 || all[0].Name > all[1].Name {
			t.Fatalf("%+v", all)
		}
		for _, s := range all {
			if s.Decided != s.InTime+s.Late+s.Running+s.Overdue+s.Stopped {
				t.Errorf("%+v does not add up", s)
			}
			for show, n := range map[string]int64{"all": s.Decided, "in_time": s.InTime, "late": s.Late, "running": s.Running, "overdue": s.Overdue, "stopped": s.Stopped} {
				behind, _, err := o.actions.List(o.Ctx, o.head, actions.Filter{Show: show, Agency: s.Agency, Decided: true, Limit: 500})
				if err != nil || int64(len(behind)) != n {
					t.Errorf("%s, %s: %d, behind it %d (%v)", s.Name, show, n, len(behind), err)
				}
			}
		}
		if few := (meeting.Score{Decided: 4}); few.Compared() {
			t.Error("four decisions are compared")
		}
	})
}
