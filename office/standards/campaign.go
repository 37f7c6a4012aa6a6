package standards

import (
	"context"
	"errors"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	openCampaign = store.NewAct("campaign.open", who.ManageStandards)
	endCampaign  = store.NewAct("campaign.close", who.ManageStandards)
	lookCampaign = store.NewAct("campaign.look", who.SeeRecords)
)

// The states of a campaign and of a self-assessment in it.
const (
	Running   = "open"
	Closed    = "closed"
	Submitted = "submitted"
	Verified  = "verified"
)

// Campaign is one time in which institutions assess themselves against a version of a standard.
type Campaign struct {
	ID       id.ID
	Version  int64
	Name     string
	Key      string // of the standard
	From, To clock.Day
	DueOn    clock.Day
	State    string // open, closed
	OpenedOn clock.Day
	ClosedOn clock.Day
	By       string
	standard id.ID
}

// Self is how one institution sees itself in a campaign.
type Self struct {
	ID           id.ID
	Version      int64
	Campaign     id.ID
	Centre       id.ID
	Key          string // of the standard
	State        string // open, submitted, verified
	SubmittedOn  clock.Day
	SubmittedBy  string
	ReturnedOn   clock.Day
	ReturnedWhy  string
	VerifiedOn   clock.Day
	VerifiedBy   string
	VerifiedNote string
	standard     id.ID
}

// NewCampaign is a campaign as it is opened.
type NewCampaign struct {
	Name     string    `json:"name" required:"true" maxLength:"120" ask:"Tulis nama putaran penilaian."`
	Standard string    `json:"standard" required:"true" maxLength:"90" ask:"Pilih standar dan versinya."` // snrs/2019
	From     clock.Day `json:"from" required:"true" ask:"Tulis awal masa yang dinilai."`
	To       clock.Day `json:"to" required:"true" ask:"Tulis akhir masa yang dinilai."`
	DueOn    clock.Day `json:"due_on" required:"true" ask:"Tulis batas waktu pengajuan."`
	Centres  []id.ID   `json:"centres,omitempty"` // none: all institutions that serve clients
}

// mayOpen holds the days of a campaign in their order, and that the version of the standard holds in its time.
func mayOpen(in NewCampaign, h Held) error {
	var f fail.Fields
	if in.To < in.From {
		f.Add("to", "order", "Akhir masa lebih awal daripada awalnya.")
	}
	if in.DueOn < in.From {
		f.Add("due_on", "order", "Batas waktu lebih awal daripada awal masa yang dinilai.")
	}
	if !h.Valid(in.To) {
		f.Add("standard", "validity", "Versi standar ini tidak berlaku pada %s.", in.To)
	}
	return f.Err()
}

// OpenCampaign opens a campaign with a self-assessment for each institution.
func (d *Desk) OpenCampaign(ctx context.Context, by who.Asker, in NewCampaign) (c Campaign, err error) {
	err = d.store.Write(ctx, by, openCampaign, func(tx *store.Tx) error {
		key, edition, _ := strings.Cut(in.Standard, "/")
		h, _, err := d.fixed(tx, key, edition)
		if errors.Is(err, fail.NotFound) {
			return fail.Bad("standard", "unknown", "Standar %s tidak dikenal.", in.Standard)
		}
		if err != nil {
			return err
		}
		if err := mayOpen(in, h); err != nil {
			return err
		}
		c = Campaign{ID: id.New(), Version: 1, Name: in.Name, Key: key, From: in.From, To: in.To, DueOn: in.DueOn, State: Running, OpenedOn: tx.Today(), By: by.Name, standard: h.ID}
		if err := insertCampaign(tx, c); err != nil {
			return err
		}
		all, err := centre.All(tx)
		if err != nil {
			return err
		}
		n := 0
		for _, e := range all {
			if wanted := slices.Contains(in.Centres, e.ID); !wanted && (len(in.Centres) > 0 || !e.ClientService) {
				continue
			}
			if err := insertSelf(tx, c, e.ID); err != nil {
				return err
			}
			n++
		}
		if n == 0 || len(in.Centres) > n {
			return fail.Bad("centres", "unknown", "UPT ini tidak dikenal atau tidak melayani penerima manfaat.")
		}
		tx.Record(store.Entry{Kind: "campaign", ID: c.ID, Say: fail.Say("Putaran penilaian dibuka untuk %d UPT.", n), What: in})
		return nil
	})
	return c, err
}

// CloseCampaign closes a campaign: nothing in it changes any more.
func (d *Desk) CloseCampaign(ctx context.Context, by who.Asker, campaign id.ID, version int64) (c Campaign, err error) {
	err = d.store.Write(ctx, by, endCampaign, func(tx *store.Tx) error {
		if c, err = campaignByID(tx, campaign); err != nil {
			return err
		}
		if c.State != Running {
			return fail.Broken("campaign-closed", "Putaran penilaian ini sudah ditutup.")
		}
		if version != 0 && version != c.Version {
			return fail.Stale
		}
		if err := closeCampaign(tx, &c, tx.Today()); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "campaign", ID: c.ID, Say: fail.Say("Putaran penilaian ditutup.")})
		return nil
	})
	return c, err
}

// Campaigns lists campaigns, the newest first.
func (d *Desk) Campaigns(ctx context.Context, by who.Asker, before id.ID, limit int64) (all []Campaign, err error) {
	err = d.store.Read(ctx, by, lookCampaign, func(tx *store.Tx) error {
		all, err = campaignsBefore(tx, before, limit)
		return err
	})
	return all, err
}

// Campaign gives one campaign.
func (d *Desk) Campaign(ctx context.Context, by who.Asker, campaign id.ID) (c Campaign, err error) {
	err = d.store.Read(ctx, by, lookCampaign, func(tx *store.Tx) error {
		c, err = campaignByID(tx, campaign)
		return err
	})
	return c, err
}

// Stand is how far one institution is in a campaign, in all and by chapter.
type Stand struct {
	Self
	Name     string
	Own      Score
	Theirs   Score // the province's, over the criteria that it looked at
	Differ   int   // criteria that the province sees otherwise
	Chapters []Score
	Values   map[string]Cell // by criterion
	kinds    []string        // of PPKS that the institution serves
}

// Cell is one answer as the heat map shows it.
type Cell struct {
	Value     string
	Verdict   string
	Confirmed bool
}

// Cell is itself: what is asked of an answer can be asked of its shortest form.
func (c Cell) Cell() Cell { return c }

// Differs tells whether the province sees it otherwise.
func (c Cell) Differs() bool { return c.Verdict != "" && c.Verdict != c.Value }

// Says is what holds: the province's word where it has spoken, else the institution's own if it stands by it.
func (c Cell) Says() string {
	switch {
	case c.Verdict != "":
		return c.Verdict
	case c.Confirmed:
		return c.Value
	}
	return ""
}

// Overview is a campaign with how far its institutions are.
type Overview struct {
	Campaign
	Standard Standard
	Stands   []Stand
}

// Overview gives a campaign with the institutions that the asker may see, one page of them.
func (d *Desk) Overview(ctx context.Context, by who.Asker, campaign, after id.ID, limit int64) (o Overview, err error) {
	err = d.store.Read(ctx, by, lookCampaign, func(tx *store.Tx) error {
		o, err = d.overviewIn(tx, campaign, after, limit)
		return err
	})
	return o, err
}

func (d *Desk) overviewIn(tx *store.Tx, campaign, after id.ID, limit int64) (o Overview, err error) {
	if o.Campaign, err = campaignByID(tx, campaign); err != nil {
		return o, err
	}
	if o.Standard, err = d.standardOf(tx, o.standard); err != nil {
		return o, err
	}
	selves, err := selvesOf(tx, campaign, after, limit)
	if err != nil || len(selves) == 0 {
		return o, err
	}
	all, err := centre.All(tx)
	if err != nil {
		return o, err
	}
	cells, err := cellsOf(tx, campaign)
	for _, a := range selves {
		i := slices.IndexFunc(all, func(c centre.Centre) bool { return c.ID == a.Centre })
		if i < 0 {
			continue
		}
		o.Stands = append(o.Stands, standOf(a, all[i], o.Standard, cells[a.ID]))
	}
	return o, err
}

func standOf(a Self, at centre.Centre, s Standard, cells map[string]Cell) Stand {
	criteria := s.For(at.Kinds)
	st := Stand{Self: a, Name: at.Name, Own: ownScore(criteria, cells), Theirs: theirScore(criteria, cells), Differ: differing(cells), Values: cells, kinds: at.Kinds}
	for _, chapter := range s.Chapters() {
		st.Chapters = append(st.Chapters, ownScore(inChapter(criteria, chapter.Key), cells))
	}
	return st
}

// Served lists the institutions that serve clients, for whom a campaign can be.
func (d *Desk) Served(ctx context.Context, by who.Asker) (all []centre.Centre, err error) {
	err = d.store.Read(ctx, by, lookCampaign, func(tx *store.Tx) error {
		every, err := centre.All(tx)
		all = slices.DeleteFunc(every, func(c centre.Centre) bool { return !c.ClientService })
		return err
	})
	return all, err
}
